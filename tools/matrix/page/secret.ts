/** In every token of the page that no other origin may see. */
export const SECRET = 'secret-token';
