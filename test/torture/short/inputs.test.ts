import { endureShortForms } from './short-forms.ts';

endureShortForms('inputs');
