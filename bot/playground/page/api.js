// Calls the playground's Web API, under Slack's own method names.

export class SlackError extends Error {}

export async function call(method, token, values = {}) {
  const answer = await fetch(`/api/${method}`, {
    method: "POST",
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json; charset=utf-8" },
    body: JSON.stringify(values),
  });
  const json = await answer.json().catch(() => ({ ok: false, error: `http_${answer.status}` }));
  if (!json.ok) throw new SlackError(json.error);
  return json;
}

export async function installedApp() {
  return (await fetch("/page/app")).json();
}
