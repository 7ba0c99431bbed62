/** Version 12: an audit line may say who acted. It is part of the line's hash where it is there, so that older lines keep theirs. */
export const whoActed = `
ALTER TABLE audit_lines ADD COLUMN operator TEXT;
`;
