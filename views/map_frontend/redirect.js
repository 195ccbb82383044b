// Go on to an address of this server, once; the page holds a link to it too.
let going = false;

export function show({ data }) {
  if (going) return;
  going = true;
  document.location.replace(new URL(data.url, document.location.origin).href);
}
