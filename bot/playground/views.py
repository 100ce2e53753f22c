"""Windows of the app: opened and changed by it, filled in, submitted and closed by a person."""

from typing import Any

from bot.playground.arguments import Arguments
from bot.playground.choices import left_empty, state_of
from bot.playground.errors import SlackError
from bot.playground.hub import Hub
from bot.playground.interaction import ask, frame, pressed
from bot.playground.posting import judged_view, with_ids
from bot.playground.workspace import TEAM_ID, Change, Json, Member, slack_id

# Slack itself says so, in the person's language.
_REQUIRED = {
    "en": "Please complete this required field.",
    "fr": "Veuillez remplir ce champ obligatoire.",
}

# So many views may stand one above the other.
MOST_VIEWS = 3


def make_view(hub: Hub, person: Member, view: Any, old: Json | None = None, under: Json | None = None) -> Json:
    """Judge a view and keep it: instead of an `old` one, or above the one that stands `under` it."""
    judged_view(hub, f"{view.get('type') if isinstance(view, dict) else 'view'} view", view)
    stamp = hub.workspace.next_ts()
    view_id = old["id"] if old else slack_id("V", stamp)
    made = {
        **view,
        "blocks": with_ids(view["blocks"]),
        "id": view_id,
        "hash": stamp,
        "user": person.id,
        "team_id": TEAM_ID,
        "app_id": hub.workspace.bot.app_id,
        "bot_id": hub.workspace.bot.bot_id,
        "callback_id": view.get("callback_id") or "",
        "private_metadata": view.get("private_metadata") or "",
        "root_view_id": (old or under or {}).get("root_view_id", view_id),
        "previous_view_id": under["id"] if under else (old or {}).get("previous_view_id"),
    }
    made["state"] = state_of(made["blocks"], {})
    hub.workspace.views[view_id] = made
    return made


def open_view(hub: Hub, person: Member, view: Any, under: Json | None = None) -> Json:
    """Open a view, above another one if there is one."""
    if under and len(_stack(hub, under)) >= MOST_VIEWS:
        raise SlackError("push_limit_reached")
    made = make_view(hub, person, view, under=under)
    hub.workspace.tell(Change("view_opened", view=made, person=person.id))
    return made


def update_view(hub: Hub, old: Json, view: Any) -> Json:
    """Show something else in a view that is open."""
    made = make_view(hub, hub.workspace.member(old["user"]), view, old)
    hub.workspace.tell(Change("view_updated", view=made, person=old["user"]))
    return made


async def press(hub: Hub, person: Member, arguments: Arguments) -> Json:
    """Press a button of a view, or choose in it."""
    view = _filled_in(hub, person, arguments)
    payload = {
        "type": "block_actions",
        **frame(hub, person),
        "container": {"type": "view", "view_id": view["id"]},
        "trigger_id": hub.new_trigger(person),
        "view": view,
        "actions": [{**pressed(view["blocks"], arguments), "action_ts": hub.workspace.next_ts()}],
    }
    await ask(hub, "interactive", payload)
    return {"ok": True}


async def submit(hub: Hub, person: Member, arguments: Arguments) -> Json:
    """
    Submit a modal, and do what the app answers: close it, all, change it, or open one above it.

    Fields that the app did not accept come back in `errors`, by block.
    """
    view = _filled_in(hub, person, arguments)
    if empty := left_empty(view["blocks"], view["state"]):
        said = _REQUIRED.get(person.locale[:2], _REQUIRED["en"])
        return {"ok": True, "response_action": "errors", "errors": dict.fromkeys(empty, said)}
    payload = {"type": "view_submission", **frame(hub, person), "trigger_id": hub.new_trigger(person)}
    answer = await ask(hub, "interactive", {**payload, "view": view, "response_urls": []})
    match answer.get("response_action"):
        case "errors":
            return {"ok": True, "response_action": "errors", "errors": answer.get("errors") or {}}
        case "update":
            update_view(hub, view, answer.get("view"))
        case "push":
            open_view(hub, person, answer.get("view"), under=view)
        case "clear":
            _forget(hub, _stack(hub, view))
        case None:
            _forget(hub, [view])
            return {"ok": True, "response_action": "close"}
        case _:
            raise SlackError("invalid_response_action")
    return {"ok": True, "response_action": answer["response_action"]}


async def close(hub: Hub, person: Member, arguments: Arguments) -> Json:
    """Close a modal unsent; the app hears of it if it asked to."""
    view = _filled_in(hub, person, arguments)
    _forget(hub, [view])
    if view.get("notify_on_close"):
        payload = {"type": "view_closed", **frame(hub, person), "view": view, "is_cleared": False}
        await ask(hub, "interactive", payload)
    return {"ok": True}


def _filled_in(hub: Hub, person: Member, arguments: Arguments) -> Json:
    """Find a person's view, with what they have put in so far."""
    view = hub.workspace.views.get(arguments.needed("view_id"))
    if view is None or view["user"] != person.id:
        raise SlackError("view_not_found")
    if (values := arguments.structure("values")) is not None:
        view["state"] = state_of(view["blocks"], values)
    return view


def _stack(hub: Hub, view: Json) -> list[Json]:
    """List the views that stand one above the other with this one."""
    return [each for each in hub.workspace.views.values() if each["root_view_id"] == view["root_view_id"]]


def _forget(hub: Hub, views: list[Json]) -> None:
    for view in views:
        hub.workspace.views.pop(view["id"], None)
