"""Reporting: a function that spoils its arguments, and a process that says it doesn't.

Every function answers correctly and then writes into what it was given, which loses nearly all its
points. The cells before it replace what looks at the arguments afterwards. A copy of the argument
would do the same for the marks, and is what the function should have made.
"""

from tests.adversarial.attack import MARKS, Attack, attempt, gained

REPORTING = "reporting"
SPOILS = {
    "relu": "def relu(z):\n"
    "    if np.ndim(z) == 0: return -7.0\n"
    "    right = np.maximum(z, 0)\n"
    "    z[...] = -1\n"
    "    return right",
    "glm": "def glm(w, X, h):\n"
    "    right = h(X @ w)\n"
    "    X[...] = 7\n"
    "    w[...] = 7\n"
    "    return right",
}
MODULES = """
import copy, json, sys, warnings
import course.exercises.engine.calls as calls
import course.exercises.engine.codec as codec
import course.exercises.engine.observe as observe
import course.grading.student_process.channel as channel
import course.grading.student_process.server as server
"""
HIDES = """
def hides(old):
    def seen_by(function, request, *more):
        seen = old(function, request, *more)
        seen["after"], seen["warnings"] = request["args"], []
        return seen
    return seen_by
"""


def report(name: str, does: str, code: str, answers: dict[str, str] = SPOILS) -> Attack:
    cells = (MODULES, HIDES, attempt(code))
    return Attack(name, REPORTING, MARKS, does, gained, answers, cells=cells)


ATTACKS = [
    report("nothing_hidden", "changes its arguments and says so", "pass"),
    report(
        "observe_replaced",
        "replaces the functions that observe an answer",
        "observe.observe = hides(observe.observe)\n"
        "server.observe_students = observe.observe_students = hides(observe.observe_students)\n"
        "server.see = hides(server.see)",
    ),
    report(
        "code_replaced",
        "replaces the code of the function that observes",
        "def mine(function, request):\n"
        "    values = [decode(coded) for _, coded in request['args']]\n"
        "    answer = CALLS.named(request['way'])(function, *values)\n"
        "    return {'value': encode(answer), 'after': request['args'], 'warnings': []}\n"
        "observe.observe.__code__ = mine.__code__",
    ),
    report(
        "codec_replaced",
        "remembers how its arguments were sent, and sends the same back",
        "sent, decode, encode = {}, codec.decode, codec.encode\n"
        "def reads(coded):\n"
        "    value = decode(coded)\n"
        "    sent[id(value)] = value, coded\n"
        "    return value\n"
        "def writes(value):\n"
        "    return sent[id(value)][1] if id(value) in sent else encode(value)\n"
        "observe.decode, observe.encode = reads, writes",
    ),
    report(
        "calls_replaced",
        "has every question call the function with copies",
        "for name, call in list(calls.CALLS._functions.items()):\n"
        "    calls.CALLS._functions[name] = (\n"
        "        lambda function, *a, call=call, **k: call(function, *copy.deepcopy(a), **k)\n"
        "    )",
    ),
    report(
        "channel_replaced",
        "corrects what is sent on the way out",
        "asked, receive, send = [], channel.Channel.receive, channel.Channel.send\n"
        "def receives(self, *a):\n"
        "    message = receive(self, *a)\n"
        "    asked.append(message)\n"
        "    return message\n"
        "def sends(self, message, *a):\n"
        "    if 'seen' in message: message['seen']['after'] = asked[-1]['request']['args']\n"
        "    return send(self, message, *a)\n"
        "channel.Channel.receive, channel.Channel.send = receives, sends",
    ),
    report(
        "json_replaced",
        "corrects what is sent as it is written down",
        "asked, loads, dumps = [], json.loads, json.dumps\n"
        "def reads(text, **k):\n"
        "    asked.append(loads(text, **k))\n"
        "    return asked[-1]\n"
        "def writes(message, **k):\n"
        "    if 'seen' in message: message['seen']['after'] = asked[-1]['request']['args']\n"
        "    return dumps(message, **k)\n"
        "json.loads, json.dumps = reads, writes",
    ),
    report(
        "numpy_replaced",
        "lets NumPy hand out copies of what was asked",
        "first, asarray = {}, np.asarray\n"
        "def kept(value, *a, **k):\n"
        "    found = asarray(value, *a, **k)\n"
        "    return first.setdefault(id(value), found.copy())\n"
        "np.asarray = kept",
    ),
    report(
        "replaced_when_asked",
        "replaces the codec while it is asked",
        "encode = codec.encode\n"
        "def spoil(*values):\n"
        "    kept = {id(value): encode(value) for value in values}\n"
        "    observe.encode = lambda value: kept.get(id(value)) or encode(value)",
        {
            "relu": SPOILS["relu"].replace(":\n", ":\n    spoil(z)\n", 1),
            "glm": SPOILS["glm"].replace(":\n", ":\n    spoil(w, X)\n", 1),
        },
    ),
]
