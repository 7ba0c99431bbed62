/** Version 14: a receipt says which files and folders were scanned, how many files of each, and in how many something was found. */
export const whatWasScanned = `
ALTER TABLE deletion_receipts ADD COLUMN scan TEXT CHECK (json_valid(scan));
`;
