/**
 * Version 3: keys are changed with the gallery here. `handovers` lets a station that comes later open what it had sealed for itself under the
 * former keys. That an envelope was sealed anew is no change of a template: searches keep what they have loaded.
 */
export const sharedRotation = `
CREATE TABLE likeness.handovers (
  epoch bigint PRIMARY KEY,
  sealed text NOT NULL
);

DROP TRIGGER templates_changed ON likeness.templates;
CREATE TRIGGER templates_changed AFTER INSERT OR UPDATE OF model_id, weights_hash, size OR DELETE ON likeness.templates
  FOR EACH ROW EXECUTE FUNCTION likeness.templates_changed();
`;
