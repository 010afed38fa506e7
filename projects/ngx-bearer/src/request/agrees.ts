/** What a function of the configuration answers; one that throws means no. */
export function agrees(answer: () => boolean): boolean {
  try {
    return answer();
  } catch {
    return false;
  }
}
