// Live updates: the playground's Server-Sent Events, told on to whoever listens.

export function listen(token, { happened, opened, lost }) {
  const source = new EventSource(`/page/events?token=${encodeURIComponent(token)}`);
  source.addEventListener("message", ({ data }) => happened(JSON.parse(data)));
  source.addEventListener("open", opened);
  source.addEventListener("error", lost);
}
