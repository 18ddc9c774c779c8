/** A new subscription begins with this machine's time zone, where the form has it. */
export function guessZone(): void {
  const select = document.querySelector<HTMLSelectElement>("select[data-guess-zone]");
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  if (select && [...select.options].some(({ value }) => value === timeZone))
    select.value = timeZone;
}
