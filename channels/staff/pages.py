"""The desk's pages and where they are."""

from __future__ import annotations

from sanic import Blueprint

from actions.runtime import Runtime
from channels.channel import Turns
from channels.staff.cases import Cases
from channels.staff.channel import StaffDesk
from channels.staff.desk import Desk
from channels.staff.login import SigningIn
from channels.staff.receipt import Receipts
from channels.staff.request import Requests
from channels.staff.services import Services


def blueprint(channel: StaffDesk, turns: Turns, runtime: Runtime) -> Blueprint:
    """`/staff` and all that is below it. A keyed request is no conversation, so it takes no turns."""
    made = Blueprint("staff")
    desk = Desk(runtime, channel.pages)
    signing_in, services, requests = SigningIn(desk), Services(desk), Requests(desk)
    cases, receipts = Cases(desk), Receipts(desk)
    desk.signed_out(signing_in.first)
    made.add_route(signing_in.show, "/staff/login", methods=["GET"], name="login")
    made.add_route(signing_in.sign_in, "/staff/login", methods=["POST"], name="sign_in")
    for method, path, handler in (
        ("POST", "/staff/logout", signing_in.sign_out),
        ("GET", "/staff", services.search),
        ("GET", "/staff/find", services.results),
        ("GET", "/staff/services/<service:str>", services.one),
        ("GET", "/staff/services/<service:str>/request", requests.blank),
        ("POST", "/staff/services/<service:str>/request", requests.typed),
        ("POST", "/staff/services/<service:str>/submit", requests.send),
        ("GET", "/staff/cases", cases.listed),
        ("GET", "/staff/cases/<reference:str>", cases.one),
        ("GET", "/staff/cases/<reference:str>/receipt", receipts.show),
        ("POST", "/staff/cases/<reference:str>/deliveries/<delivery:str>/again", cases.again),
    ):
        name = f"{method} {path}".translate(str.maketrans("/<>: ", "_____"))
        made.add_route(desk.guarded(handler), path, methods=[method], name=name)
    return made
