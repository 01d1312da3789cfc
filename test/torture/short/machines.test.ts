import { endureShortForms } from './short-forms.ts';

endureShortForms('machines');
