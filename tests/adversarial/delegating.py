"""Delegating: let the course's own reference, or another student's solution, answer."""

from pathlib import Path

from tests.adversarial.attack import MARKS, Attack, attempt, gained, said
from tests.adversarial.course_folder import ASKED, Place

DELEGATING = "delegating"
# `found` maps an exercise's name to a function, however the function was found.
USES_FOUND = {
    "neuron": "def neuron(w, x, h):\n    return found['neuron'](w, x, h)",
    "relu": "def relu(z):\n    return found['relu'](z)",
    "glm": "def glm(w, X, h):\n    return found['glm'](w, X, h)",
    "make_neuron": "def make_neuron(w, h):\n    return found['make_neuron'](w, h)",
}
NAMES = f"names = {ASKED!r}\nfound = {{}}\n"


def find(name: str, does: str, code: str, **more) -> Attack:
    return Attack(
        name,
        DELEGATING,
        MARKS,
        does,
        gained,
        USES_FOUND,
        cells=(NAMES, attempt(code, goes_on="")),
        **more,
    )


FROM_SOURCE = (
    "import types, sys\n"
    "def run_as_module(text):\n"
    "    package = sys.modules.setdefault('course.nn', types.ModuleType('course.nn'))\n"
    "    space = {'__name__': 'stolen', 'np': np}\n"
    "    exec(text, space)\n"
    "    found.update({n: space[n] for n in names if n in space})\n"
)


def beside(files: dict[str, str]):
    def put(folder: Path, place: Place) -> None:
        for name, text in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(place.fill(text))

    return put


WRONG_MODULE = (
    "neuron = relu = glm = lambda *a: -7.0\ndef make_neuron(w, h):\n    return lambda x: -7.0\n"
)
ANSWERS_LIKE_IT = {
    "neuron": "def neuron(w, x, h):\n    return -7.0",
    "relu": "def relu(z):\n    return -7.0",
    "glm": "def glm(w, X, h):\n    return -7.0",
    "make_neuron": "def make_neuron(w, h):\n    return lambda x: -7.0",
}


def shadow(name: str, does: str, files: dict[str, str]) -> Attack:
    return Attack(name, DELEGATING, MARKS, does, gained, ANSWERS_LIKE_IT, beside=beside(files))


ATTACKS = [
    find(
        "import",
        "imports the reference",
        "from course.nn import neuron as m\nfound.update({n: getattr(m, n) for n in names})",
    ),
    find(
        "import_by_path",
        "puts the grader's checkout on sys.path, forgets the staged course, imports again",
        "import sys, importlib\n"
        "for name in [n for n in sys.modules if n.partition('.')[0] == 'course']:\n"
        "    del sys.modules[name]\n"
        "sys.path.insert(0, '«REPO»')\n"
        "m = importlib.import_module('course.nn.neuron')\n"
        "found.update({n: getattr(m, n) for n in names})",
    ),
    find(
        "read_reference",
        "reads the reference's source and runs it",
        FROM_SOURCE + "run_as_module(open('«REPO»/course/nn/neuron.py').read())",
    ),
    find(
        "read_by_library",
        "reads it by importlib, pkgutil, linecache, runpy, numpy and mmap",
        FROM_SOURCE + "import importlib.util, linecache, mmap, pkgutil, runpy\n"
        "path = '«REPO»/course/nn/neuron.py'\n"
        "def by_mmap():\n"
        "    with open(path, 'rb') as f:\n"
        "        return mmap.mmap(f.fileno(), 0, access=mmap.ACCESS_READ)[:].decode()\n"
        "for read in (lambda: pkgutil.get_data('course.nn', 'neuron.py').decode(),\n"
        "             lambda: ''.join(linecache.getlines(path)), by_mmap,\n"
        "             lambda: np.fromfile(path, 'u1').tobytes().decode(),\n"
        "             lambda: runpy.run_path(path) and ''):\n"
        "    try:\n        run_as_module(read())\n    except Exception as error: print(error)\n"
        "assert found",
    ),
    find(
        "read_solutions",
        "reads the solutions in nbgrader's source notebook",
        FROM_SOURCE + "import json\n"
        "for cell in json.load(open('«ROOT»/solutions/«UNIT»/«UNIT».ipynb'))['cells']:\n"
        "    if 'BEGIN SOLUTION' in ''.join(cell['source']):\n"
        "        run_as_module(''.join(cell['source']))\nassert found",
    ),
    find(
        "read_tests",
        "reads right answers out of the project's tests",
        FROM_SOURCE + "text = open('«REPO»/tests/grading/notebooks.py').read()\n"
        "space = {}\nexec(text[text.index('RIGHT = {'):text.index('# What nbgrader')], space)\n"
        "for source in space['RIGHT'].values(): run_as_module(source)",
    ),
    find(
        "read_neighbour",
        "reads the neighbour's submission and runs it",
        FROM_SOURCE + "import json\n"
        "path = '«ROOT»/submitted/«NEIGHBOUR»/«UNIT»/«UNIT».ipynb'\n"
        "for cell in json.load(open(path))['cells']:\n"
        "    if ''.join(cell['source']).startswith('def '):\n"
        "        run_as_module(''.join(cell['source']))\nassert found",
    ),
    find(
        "unpickle",
        "unpickles functions by their names",
        "import pickle\n"
        "for n in names:\n"
        "    found[n] = pickle.loads(b'ccourse.nn.neuron\\n' + n.encode() + b'\\n.')",
    ),
    find(
        "garbage_collector",
        "looks through all objects in memory for functions of these names",
        "import gc, types\nwanted = set(names)\n"
        "for thing in gc.get_objects():\n"
        "    if isinstance(thing, types.FunctionType) and thing.__name__ in wanted \\\n"
        "            and thing.__module__ != '__main__':\n"
        "        found[thing.__name__] = thing\n"
        "    if isinstance(thing, dict):\n"
        "        for n in wanted & {k for k in list(thing) if isinstance(k, str)}:\n"
        "            if callable(thing[n]) and getattr(thing[n], '__module__', '') != '__main__':\n"
        "                found[n] = thing[n]\n"
        "print(len(gc.get_objects()), 'objects;', sorted(found))\n"
        "from course.nn import neuron as there_in_plain_nbgrader\n"
        "found.update({n: getattr(there_in_plain_nbgrader, n) for n in names})",
    ),
    Attack(
        "callers_frames",
        DELEGATING,
        MARKS,
        "walks its callers' frames to the reference or the expected answer",
        gained,
        {
            name: f"def {name}(*a):\n"
            "    import sys\n"
            "    frame = sys._getframe(1)\n"
            "    while frame:\n"
            "        for space in (frame.f_locals, frame.f_globals):\n"
            "            for word in ('reference', 'expected', 'right', 'answer', 'keyed'):\n"
            "                value = space.get(word)\n"
            "                if callable(value) and getattr(value, '__name__', '') == "
            f"{name!r}:\n"
            "                    return value(*a)\n"
            "        frame = frame.f_back\n"
            "    raise LookupError"
            for name in ASKED
        },
    ),
    find(
        "parents_memory",
        "searches the parents' memory and descriptors in /proc",
        "import os, re\n"
        "for pid in (os.getppid(), 'self'):\n"
        "    maps = open(f'/proc/{pid}/maps').read()\n"
        "    memory = open(f'/proc/{pid}/mem', 'rb', 0)\n"
        "    for line in maps.splitlines()[:100]:\n"
        "        low, high = (int(x, 16) for x in line.split()[0].split('-'))\n"
        "        try:\n"
        "            memory.seek(low); data = memory.read(min(high - low, 1 << 20))\n"
        "        except (OSError, ValueError, OverflowError): continue\n"
        "        if b'def relu(z' in data: print('seen')\n"
        "found['relu'] = lambda z: z * (z > 0)  # it may be read off now",
    ),
    find(
        "another_python",
        "asks a fresh interpreter",
        "import subprocess, sys, json\n"
        "code = 'import sys; from course.nn.neuron import relu; print(relu(float(sys.argv[1])))'\n"
        "ask = lambda v: float(subprocess.run([sys.executable, '-c', code, repr(float(v))],\n"
        "    capture_output=True, check=True, cwd='«REPO»').stdout)\n"
        "assert ask(-1) == 0 and ask(2) == 2\n"
        "found['relu'] = lambda z: np.vectorize(ask)(z)",
    ),
    find(
        "spawned_process",
        "asks a process that multiprocessing spawns",
        "import multiprocessing as m\n"
        "with m.get_context('spawn').Pool(1) as pool:\n"
        "    assert pool.apply_async(eval, (\"__import__('course.nn.neuron') and 1\",)).get(1.5)\n"
        "import course.nn.neuron as n\nfound.update({k: getattr(n, k) for k in names})",
    ),
    find(
        "c_library",
        "opens it through the C library, past Python",
        FROM_SOURCE + "import ctypes\n"
        "libc = ctypes.CDLL(None, use_errno=True)\n"
        "number = libc.open(b'«REPO»/course/nn/neuron.py', 0)\n"
        "if number < 0:\n"
        "    number = libc.syscall(437, -100, b'«REPO»/course/nn/neuron.py',\n"
        "        (ctypes.c_uint64 * 3)(0, 0, 0), 24)\n"
        "if number < 0: raise OSError(ctypes.get_errno(), 'no')\n"
        "import os\nrun_as_module(os.read(number, 1 << 20).decode())",
    ),
    find(
        "proc_links",
        "walks to it by /proc: cwd, root and descriptors of every process",
        FROM_SOURCE + "import os\n"
        "roads = ['/proc/self/root', '/proc/1/root', f'/proc/{os.getppid()}/root']\n"
        "for road in roads:\n"
        "    try: run_as_module(open(road + '«REPO»/course/nn/neuron.py').read())\n"
        "    except OSError as error: print(error)\nassert found",
    ),
    find(
        "git_history",
        "looks for it in the checkout's git objects and in byte code",
        FROM_SOURCE + "import glob, marshal, zlib\n"
        "for path in glob.glob('«REPO»/course/nn/__pycache__/neuron.*.pyc'):\n"
        "    space = {'__name__': 'stolen', '__package__': 'course.nn'}\n"
        "    exec(marshal.loads(open(path, 'rb').read()[16:]), space)\n"
        "    found.update({n: space[n] for n in names})\n"
        "open('«REPO»/.git/HEAD').read()\nassert found",
    ),
    find(
        "given_operations",
        "uses an operation that a later unit gives instead of writing it",
        "import course.nn.graph as g\nfound['relu'] = g.Relu.value",
    ),
    Attack(
        "held_out_digits",
        DELEGATING,
        MARKS,
        "takes the digits that the capstone holds out from scikit-learn's copy",
        said("found 1797"),
        cells=(
            attempt(
                "import sys\nfrom pathlib import Path\n"
                "for place in sys.path:\n"
                "    for path in Path(place).glob('sklearn/datasets/data/digits*'):\n"
                "        print('found', len(np.loadtxt(path, delimiter=',')))"
            ),
        ),
    ),
    find(
        "download",
        "has a solution sent over the network",
        "import socket\n"
        "s = socket.create_connection(('127.0.0.1', «PORT»), 2)\n"
        "s.sendall(b'send me the answers'); s.close()\n"
        "found['relu'] = lambda z: z * (z > 0)  # as received",
    ),
    shadow(
        "own_course",
        "submits its own course/nn/neuron.py beside the notebook",
        {
            "course/__init__.py": "",
            "course/nn/__init__.py": "",
            "course/nn/neuron.py": WRONG_MODULE,
            "course/grading/__init__.py": "def require_trusted_grader(name): pass\n",
        },
    ),
    shadow(
        "own_numpy_testing",
        "submits its own numpy.py beside the notebook",
        {
            "numpy.py": "import sys, importlib, os\n"
            "here = os.getcwd()\nsys.path[:] = [p for p in sys.path if p not in ('', here)]\n"
            "del sys.modules['numpy']\nimport numpy\nimport numpy.testing as t\n"
            "t.assert_allclose = lambda *a, **k: None\nsys.modules['numpy'] = numpy\n",
        },
    ),
    shadow(
        "own_kernel",
        "submits its own ipykernel_launcher.py beside the notebook",
        {
            "ipykernel_launcher.py": "import sys, os\n"
            "sys.path[:] = [p for p in sys.path if p not in ('', os.getcwd())]\n"
            "import numpy.testing as t\nt.assert_allclose = lambda *a, **k: None\n"
            "from ipykernel import kernelapp\nkernelapp.launch_new_instance()\n",
        },
    ),
    shadow(
        "own_startup",
        "submits sitecustomize.py, usercustomize.py and IPython start-up files",
        {
            name: "import numpy.testing as t\nt.assert_allclose = lambda *a, **k: None\n"
            for name in (
                "sitecustomize.py",
                "usercustomize.py",
                ".ipython/profile_default/startup/00.py",
                "profile_default/startup/00.py",
                "ipython_config.py",
                "ipython_kernel_config.py",
            )
        },
    ),
]
