import type { ReactNode } from 'react';
import { Component } from 'react';
import { ErrorNote } from '../widgets/error-note.tsx';

interface Props { children: ReactNode }
interface State { error: unknown }

/** A bug in one place leaves the rest of the window standing. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: unknown): State {
    return { error };
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    return <div style={{ padding: 'var(--page-inset)' }}><ErrorNote error={this.state.error} /></div>;
  }
}
