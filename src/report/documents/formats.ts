/** What a report can be written as; loads nothing else. */
export const reportFormats = ['html', 'svg', 'png', 'md'] as const;

export type ReportFormat = (typeof reportFormats)[number];
