// Hands a finished file to the browser, once.
const done = new Set();

export default function render({ data }) {
  if (!data.ticket || done.has(data.ticket)) return;
  done.add(data.ticket);
  const bytes = Uint8Array.from(atob(data.base64), (letter) => letter.charCodeAt(0));
  const url = URL.createObjectURL(new Blob([bytes], { type: data.mime }));
  const link = document.createElement("a");
  Object.assign(link, { href: url, download: data.name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
