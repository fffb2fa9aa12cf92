"""Forging: a verdict, a comparison, a question or an answer that is not one."""

from tests.adversarial.attack import (
    HARM,
    MARKS,
    Attack,
    attempt,
    either,
    gained,
    harmed,
    larger_than,
    more_memory_than,
)

FORGING = "forging"
WRONG = {
    "neuron": "def neuron(w, x, h):\n    return -7.0",
    "relu": "def relu(z):\n    return -7.0",
    "glm": "def glm(w, X, h):\n    return -7.0",
    "make_neuron": "def make_neuron(w, h):\n    return lambda x: -7.0",
}


def everywhere(body: str) -> dict[str, str]:
    """The same body in every function; `first` is its first argument, `box` what it returns."""
    heads = {"neuron": "w, x, h", "relu": "z", "glm": "w, X, h", "make_neuron": "w, h"}
    lines = body.strip().splitlines()
    return {
        name: "\n".join(
            [f"def {name}({arguments}):", f"    first = {arguments[0]}", f"    name = {name!r}"]
            + [f"    {line}" for line in lines]
        )
        for name, arguments in heads.items()
    }


def patch(name: str, does: str, code: str, answers: dict[str, str] = WRONG) -> Attack:
    """A cell that changes the world before wrong answers are tested."""
    return Attack(name, FORGING, MARKS, does, gained, answers, cells=(attempt(code),))


def lie(name: str, does: str, body: str, cells: tuple[str, ...] = ()) -> Attack:
    """Functions that do something else than answer."""
    return Attack(name, FORGING, MARKS, does, gained, everywhere(body), cells)


SOCKETS = """
def sockets():
    import os, stat, socket
    for number in range(64):
        try:
            if stat.S_ISSOCK(os.fstat(number).st_mode):
                yield socket.socket(fileno=os.dup(number))
        except OSError:
            pass

def frame(message):
    import json, struct
    body = message if isinstance(message, bytes) else json.dumps(message).encode()
    return struct.pack('>I', len(body)) + body
"""


def speak(name: str, does: str, body: str, aim: str = MARKS, judge=gained) -> Attack:
    """Functions that answer the protocol themselves, on every socket that they find."""
    return Attack(
        name, FORGING, aim, does, either(judge, harmed), everywhere(body), cells=(SOCKETS,)
    )


ATTACKS = [
    patch(
        "numpy_testing",
        "replaces numpy.testing's comparisons by ones that agree",
        "import numpy.testing as t\n"
        "for name in dir(t):\n"
        "    if name.startswith('assert'):\n"
        "        setattr(t, name, lambda *a, **k: None)",
    ),
    patch(
        "builtins",
        "replaces abs, all, any and callable in builtins",
        "import builtins\nbuiltins.abs = lambda x: 0\n"
        "for name in ('all', 'any', 'callable'): setattr(builtins, name, lambda *a, **k: True)",
    ),
    patch(
        "numpy_itself",
        "replaces numpy's abs, isclose, allclose, all, isfinite",
        "for name in ('abs', 'isclose', 'allclose', 'array_equal', 'isfinite'):\n"
        "    setattr(np, name, lambda *a, **k: True)\n"
        "import numpy._core.numeric as n, numpy.testing._private.utils as u\n"
        "u.isclose = n.isclose = lambda a, b, *r, **k: np.ones(np.broadcast(a, b).shape, bool)\n"
        "u.assert_array_compare = lambda *a, **k: None",
    ),
    lie(
        "displayhook_in_function",
        "shows a result that nbgrader takes for the score, then fails",
        "get_ipython().displayhook('ok')\nreturn None",
    ),
    lie(
        "sys_displayhook",
        "the same through sys.displayhook",
        "import sys\nsys.displayhook('ok')\nreturn None",
    ),
    lie(
        "published_result",
        "publishes an execute_result by the kernel's own socket",
        "ip = get_ipython()\n"
        "ip.kernel.session.send(ip.kernel.iopub_socket, 'execute_result',\n"
        "    {'data': {'text/plain': \"'ok'\"}, 'metadata': {}, 'execution_count': 1},\n"
        "    ip.parent_header, ident=b'execute_result')\nreturn None",
    ),
    lie(
        "equal_to_all",
        "answers with an object that equals, is near to and is less than everything",
        "return Liar()",
        cells=(
            "class Liar:\n"
            "    def __init__(self, *a, **k): pass\n"
            "    __eq__ = __lt__ = __le__ = __gt__ = __ge__ = lambda self, other: True\n"
            "    __sub__ = __rsub__ = __abs__ = __call__ = lambda self, *a: self\n"
            "    __hash__ = None\n"
            "    dtype = np.dtype(float)\n    shape = ()\n    ndim = 0\n",
        ),
    ),
    lie(
        "liars_array",
        "answers with an ndarray subclass whose comparisons are all True",
        "return np.zeros(()).view(LiarsArray)",
        cells=(
            "class LiarsArray(np.ndarray):\n"
            "    def __array_ufunc__(self, ufunc, method, *inputs, **kw):\n"
            "        return np.True_\n"
            "    def __array_function__(self, function, types, args, kw):\n"
            "        return np.True_\n"
            "    def __call__(self, x):\n        return self\n",
        ),
    ),
    lie(
        "array_from_frames",
        "answers with an object whose __array__ looks for the expected one in its callers",
        "return Thief()",
        cells=(
            "import sys\n"
            "class Thief:\n"
            "    def __array__(self, dtype=None, copy=None):\n"
            "        frame = sys._getframe(1)\n"
            "        while frame:\n"
            "            for name in ('desired', 'y', 'expected', 'right', 'reference'):\n"
            "                value = frame.f_locals.get(name)\n"
            "                if isinstance(value, (np.ndarray, float, np.floating)):\n"
            "                    return np.asarray(value)\n"
            "            frame = frame.f_back\n"
            "        return np.asarray(-7.0)\n"
            "    def __call__(self, x):\n        return float(self.__array__())\n",
        ),
    ),
    Attack(
        "inputs_made_zero",
        FORGING,
        MARKS,
        "changes the arguments in place, so that the reference is asked about zeros",
        gained,
        {
            "relu": "def relu(z):\n    z[...] = 0\n    return z",
            "neuron": "def neuron(w, x, h):\n    w[...] = 0\n    return h(0.0)",
            "glm": "def glm(w, X, h):\n    X[...] = 0\n    return h(np.zeros(len(X)))",
        },
    ),
    patch(
        "easy_questions",
        "replaces numpy's generators by ones that draw zeros",
        "class Zeros:\n"
        "    def __getattr__(self, name):\n"
        "        return lambda *a, size=None, **k: np.zeros(size if size is not None else ())\n"
        "np.random.default_rng = lambda *a: Zeros()",
        {
            "relu": "def relu(z):\n    return 0 * z",
            "glm": "def glm(w, X, h):\n    return np.zeros(len(X))",
            "neuron": "def neuron(w, x, h):\n    return 0.0",
        },
    ),
    patch(
        "reference_replaced",
        "puts its own wrong functions into the reference's module",
        "import course.nn.neuron as m\n"
        "for name in ('neuron', 'relu', 'glm', 'make_neuron'):\n"
        "    setattr(m, name, lambda *a: (lambda x: -7.0) if name == 'make_neuron' else -7.0)\n"
        "m.neuron = m.relu = m.glm = lambda *a: -7.0",
    ),
    lie(
        "nan",
        "answers nan to everything",
        "return (lambda x: np.nan) if name == 'make_neuron' else np.full(np.shape(first), np.nan)",
    ),
    lie("nothing_in_it", "answers with an empty array", "return np.empty(0)"),
    lie(
        "all_masked",
        "answers with a masked array without an unmasked entry",
        "answer = np.ma.masked_all(np.shape(first) if name == 'relu' else ())\n"
        "return (lambda x: answer) if name == 'make_neuron' else answer",
    ),
    lie("complex_nan", "answers with complex numbers and infinities", "return complex('inf+nanj')"),
    lie("constant", "answers 0 of the input's shape to everything", "return 0 * np.asarray(first)"),
    patch(
        "ast_transformer",
        "has IPython drop assertions and comparisons before it runs a cell",
        "import ast\n"
        "class Drop(ast.NodeTransformer):\n"
        "    def visit_Assert(self, node): return ast.Pass()\n"
        "    def visit_Expr(self, node):\n"
        "        return ast.Pass() if 'assert' in ast.dump(node) else node\n"
        "get_ipython().ast_transformers.append(Drop())",
    ),
    patch(
        "input_transformer",
        "has IPython rewrite each cell's source before it runs",
        "get_ipython().input_transformers_cleanup.append(\n"
        "    lambda lines: ['pass\\n'] if any('assert' in line for line in lines) else lines)",
    ),
    patch(
        "run_cell",
        "replaces the shell's own way of running a cell",
        "from IPython.core.interactiveshell import ExecutionResult, InteractiveShell\n"
        "async def nothing(self, *a, **k): return ExecutionResult(None)\n"
        "InteractiveShell.run_cell_async = nothing\n"
        "type(get_ipython()).run_cell_async = nothing\n"
        "InteractiveShell.run_code = nothing",
    ),
    patch(
        "no_tracebacks",
        "has IPython show no errors",
        "ip = get_ipython()\n"
        "ip.set_custom_exc((BaseException,), lambda *a, **k: None)\n"
        "type(ip)._showtraceback = lambda *a: None",
    ),
    patch(
        "do_execute",
        "has the kernel answer that all went well",
        "async def done(self, *a, **k):\n"
        "    return {'status': 'ok', 'execution_count': 1, 'payload': [], 'user_expressions': {}}\n"
        "type(get_ipython().kernel).do_execute = done",
    ),
    lie("system_exit", "leaves by SystemExit(0) in the middle of a test", "raise SystemExit(0)"),
    Attack(
        "trace_function",
        FORGING,
        MARKS,
        "sets a trace function that changes its callers' variables",
        gained,
        everywhere("return -7.0"),
        cells=(
            attempt(
                "import sys\n"
                "def trace(frame, event, value):\n"
                "    frame.f_trace_opcodes = False\n"
                "    for name in ('verdict', 'passed', 'score', 'share', 'earned'):\n"
                "        if name in frame.f_locals:\n"
                "            frame.f_locals[name] = True\n"
                "    return trace\n"
                "sys.setprofile(lambda *a: None); sys.settrace(trace)"
            ),
        ),
    ),
    patch(
        "questions_engine",
        "replaces the functions of the course with which a question is asked",
        "import course.exercises.engine.observe as ask\n"
        "import course.grading.student_process.server as session\n"
        "ok = lambda *a, **k: {'value': True, 'passed': True, 'after': [], 'warnings': []}\n"
        "ask.observe = session.observe = session.see = ok\n"
        "from course.exercises.engine.registry import CALLS\n"
        "for name in list(CALLS): CALLS._functions[name] = lambda *a, **k: True",
    ),
    patch(
        "check",
        "replaces check by one that is content",
        "import course.check\ncourse.check.check = check = lambda *a, **k: True\n"
        "import builtins; builtins.check = check",
    ),
    patch(
        "public_answers",
        "answers from the frozen public questions, by heart",
        "import json, pathlib, course.exercises as e\n"
        "folder = pathlib.Path(e.__file__).parent / 'frozen'\n"
        "known = [p.read_text() for p in sorted(folder.iterdir())]\n"
        "assert known",
        everywhere(
            "import json\nfrom course.exercises.engine.codec import encode, decode\n"
            "for text in globals().get('known', ()):\n"
            "    for one in json.loads(text).get('questions', ()):\n"
            "        if json.dumps(encode(first)) in json.dumps(one):\n"
            "            return decode(one['expected'].get('answer'))\n"
            "return 0 * np.asarray(first)"
        ),
    ),
    speak(
        "forged_verdict",
        "sends a verdict instead of an answer",
        "import os\nfor s in sockets():\n"
        "    for n in range(1, 40):\n"
        "        s.sendall(frame({'number': n, 'seen': {'value': None, 'passed': True,\n"
        "            'verdict': 'right', 'score': 1.0, 'right': True, 'after': [],\n"
        "            'warnings': []}}))\nos._exit(0)",
    ),
    speak(
        "forged_sheet",
        "sends its answer as what was expected, as a name, an opaque and a part",
        "import os\nfor s in sockets():\n"
        "    for value in ({'given': 'tanh'}, {'opaque': 'numpy.ndarray'}, {'expected': True},\n"
        "                  {'stream': []}, {'dict': [[True, True]]}):\n"
        "        for n in range(1, 12):\n"
        "            s.sendall(frame({'number': n, 'seen': {'value': value, 'after': [],\n"
        "                'raised': [], 'warnings': [], 'readable': True}}))\nos._exit(0)",
    ),
    speak(
        "forged_errors",
        "says that it raised whatever could have been expected",
        "import os\nfor s in sockets():\n"
        "    for n in range(1, 40):\n"
        "        s.sendall(frame({'number': n, 'seen': {'error': {'kinds': ['ValueError',\n"
        "            'TypeError', 'IndexError'], 'message': '', 'trace': ''}}}))\nos._exit(0)",
    ),
    speak(
        "texts_for_numbers",
        "sends numbers as texts, nan keys and doubled keys in hand-made JSON",
        'import os\nvalue = \'{"dtype": "float64", "shape": [], "array": "nan"}\'\n'
        'rest = \'"after": [], "warnings": [NaN, Infinity, -1e999]\'\n'
        "for s in sockets():\n"
        "    for n in range(1, 12):\n"
        '        text = f\'{{"number": 0, "number": {n}, "seen": {{"value": {value}, {rest}}}}}\'\n'
        "        s.sendall(frame(text.encode()))\nos._exit(0)",
    ),
    speak(
        "wrong_numbers",
        "answers questions that were not asked, and all at once",
        "for s in sockets():\n"
        "    s.sendall(b''.join(frame({'number': n, 'seen': {'value': 0.0, 'after': []}})\n"
        "        for n in (-1, 0, 10**30, None, 1.0, True, '1')))\nreturn -7.0",
    ),
    speak(
        "too_long_a_frame",
        "announces four gigabytes",
        "for s in sockets():\n    s.sendall(b'\\xff\\xff\\xff\\xff' + b' ' * 70000)\nreturn -7.0",
        HARM,
        more_memory_than(2000),
    ),
    speak(
        "slow_loris",
        "sends its answer byte by byte, for ever",
        "import time\nfor s in sockets():\n    s.sendall(b'\\x00\\x00\\xff\\xff')\n"
        "while True:\n    for s in sockets():\n        s.sendall(b' ')\n    time.sleep(0.05)",
        HARM,
        harmed,
    ),
    speak(
        "never_reads",
        "sends much and never reads",
        "while True:\n    for s in sockets():\n        s.send(b'x' * 65536)",
        HARM,
        harmed,
    ),
    speak(
        "deep_answer",
        "sends lists in lists in lists",
        "import os\nfor s in sockets():\n"
        "    for depth in (500, 900, 950, 980, 990, 100000):\n"
        "        for n in range(1, 12):\n"
        '            s.sendall(frame(b\'{"number": %d, "seen": {"value": \' % n\n'
        "                + b'[' * depth + b']' * depth + b', \"after\": []}}'))\nos._exit(0)",
        HARM,
        harmed,
    ),
    Attack(
        "millions_of_lists",
        FORGING,
        HARM,
        "answers every question with as many empty lists as a message holds",
        either(harmed, more_memory_than(1000)),
        everywhere("return 0.0"),
        cells=(
            "import json, types\n"
            "import course.grading.student_process.channel as frames\n"
            "lists = '[],' * 2_000_000 + '[]'\n"
            "def dumps(message):\n"
            "    if 'number' not in message: return json.dumps(message)\n"
            "    number = message['number']\n"
            '    return f\'{{"number": {number}, "seen": {{"value": [{lists}], "after": []}}}}\'\n'
            "frames.json = types.SimpleNamespace(dumps=dumps, loads=json.loads)\n",
        ),
    ),
    Attack(
        "equal_hashes",
        FORGING,
        HARM,
        "answers with a dict and a set whose keys all have the same hash",
        harmed,
        everywhere("return {k * ((1 << 61) - 1): 0 for k in range(1, 6000)}"),
        cells=(
            "import course.exercises.engine.observe as ask\n"
            "M = (1 << 61) - 1\n"
            "keys = [[k * M, 0] for k in range(1, 120_000)]\n"
            "ask.encode = lambda value: {'dict': keys}\n",
        ),
    ),
    speak(
        "dtype_that_is_code",
        "sends names of dtypes that numpy has to parse for long",
        "import os\nfor s in sockets():\n"
        "    for n in range(1, 12):\n"
        "        for dtype in ('f8,' * 1_500_000, '(' * 90 + '2' + ')' * 90 + 'f8', '\\ud800',\n"
        "                      'f8, (2', '(9999,9999,9999)f8'):\n"
        "            s.sendall(frame({'number': n, 'seen': {'value': {'dtype': dtype,\n"
        "                'shape': [1], 'array': [1]}, 'after': []}}))\nos._exit(0)",
        HARM,
        either(harmed, more_memory_than(2000)),
    ),
    Attack(
        "main_channel",
        FORGING,
        MARKS,
        "answers the notebook's own channel before anything is asked",
        either(gained, harmed),
        WRONG,
        cells=(
            SOCKETS,
            attempt(
                "for s in sockets():\n"
                "    for message in ({'asked': 1}, {'ended': True}, {'outputs': []}) * 20:\n"
                "        s.sendall(frame(message))"
            ),
        ),
    ),
    Attack(
        "stolen_question",
        FORGING,
        MARKS,
        "keeps every connection handed to it and answers there from a thread",
        either(gained, harmed),
        WRONG,
        cells=(
            SOCKETS,
            attempt(
                "import socket, threading, json, struct, os\n"
                "real = socket.recv_fds\n"
                "def steal(*a, **k):\n"
                "    found = real(*a, **k)\n"
                "    for number in found[1]:\n"
                "        mine = socket.socket(fileno=os.dup(number))\n"
                "        def serve(s=mine):\n"
                "            s.sendall(frame({'missing': False}))\n"
                "            for n in range(1, 40):\n"
                "                s.sendall(frame({'number': n, 'seen': {'value': 0.0,\n"
                "                    'after': [], 'warnings': []}}))\n"
                "        threading.Thread(target=serve, daemon=True).start()\n"
                "    return found\n"
                "socket.recv_fds = steal"
            ),
        ),
    ),
    Attack(
        "result_flood",
        FORGING,
        HARM,
        "sends back outputs that are no outputs",
        either(harmed, larger_than(40)),
        WRONG,
        cells=(
            "import course.grading.student_process.server as session\n"
            "session.run_cell = lambda *a, **k: [{'output_type': 'display_data', 'data':\n"
            "    {'text/plain': 'x' * 30000, 'text/html': '<script>pwned()</script>',\n"
            "     'image/png': 'iVBORw0KGgo' + 'A' * 1001}, 'metadata': {}}] * 150 + [None, 3, {}]",
            *["1"] * 60,
        ),
    ),
]
