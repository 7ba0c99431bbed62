/** Version 4: the server gathers no statistics of sealed columns. It would keep some of their values after the people were deleted. */
export const noStatistics = `
ALTER TABLE likeness.subjects ALTER COLUMN name_tag SET STATISTICS 0, ALTER COLUMN key SET STATISTICS 0, ALTER COLUMN details SET STATISTICS 0;
ALTER TABLE likeness.samples ALTER COLUMN content_tag SET STATISTICS 0, ALTER COLUMN details SET STATISTICS 0, ALTER COLUMN bytes SET STATISTICS 0;
ALTER TABLE likeness.templates ALTER COLUMN vector SET STATISTICS 0;
`;
