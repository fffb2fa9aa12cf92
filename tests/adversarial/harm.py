"""Harm: stop the batch, lose a grade, use up what the machine has."""

from tests.adversarial.attack import (
    HARM,
    PERSISTENCE,
    PLANTED,
    Attack,
    Judge,
    attempt,
    changed,
    either,
    harmed,
    larger_than,
    left_running,
    littered,
    more_disk_than,
    more_memory_than,
    others_hurt,
    planted,
    said,
    stopped_the_batch,
)
from tests.adversarial.course_folder import ANSWERS
from tests.adversarial.forging import SOCKETS, everywhere

HARMING = "harm"
STAYING = "persistence"
OTHER_STUDENTS = "others"


def harm(name: str, does: str, *cells: str, judge: Judge = harmed, **more) -> Attack:
    """Cells that harm, in a notebook whose answers are right: they may be lost, and no more."""
    return Attack(name, HARMING, HARM, does, either(judge, harmed), ANSWERS, cells, **more)


def asked(name: str, does: str, body: str, judge: Judge = harmed, cells=(), **more) -> Attack:
    """Functions that harm the process that asks them."""
    judge = either(judge, harmed)
    return Attack(name, HARMING, HARM, does, judge, everywhere(body), cells, **more)


def stay(name: str, does: str, *cells: str, judge: Judge = planted, **more) -> Attack:
    """Cells that leave something behind for later."""
    return Attack(name, STAYING, PERSISTENCE, does, judge, ANSWERS, cells, **more)


def others(name: str, does: str, *cells: str, judge: Judge, **more) -> Attack:
    """Cells that work on other students' grades."""
    judge = either(judge, others_hurt, changed)
    return Attack(name, OTHER_STUDENTS, "influence on others", does, judge, {}, cells, **more)


def plant(*paths: str, text: str = PLANTED) -> str:
    """Code that writes into each of these files, creating folders as needed."""
    return attempt(
        f"import os\nwritten = 0\nfor path in {paths!r}:\n"
        "    path = os.path.expanduser(path)\n"
        "    try:\n"
        "        os.makedirs(os.path.dirname(path), exist_ok=True)\n"
        f"        open(path, 'a').write('\\n# {text}\\n')\n"
        "        written += 1\n"
        "    except OSError as error: print(type(error).__name__)\n"
        "print(written, 'written')"
    )


DAEMON = (
    "import os, time\n"
    "if os.fork() == 0:\n"
    "    os.setsid()\n"
    "    if os.fork() == 0:\n"
    "        for n in range(3, 64):\n"
    "            try: os.close(n)\n"
    "            except OSError: pass\n"
    "        for _ in range(600):\n"
    "            time.sleep(0.1)\n"
    "            try: open('«OUTSIDE»/daemon.txt', 'a').write('" + PLANTED + "')\n"
    "            except OSError: pass\n"
    "    os._exit(0)\n"
)

HARMS = [
    harm("endless_loop", "has a loop that never ends", "while True: pass"),
    harm(
        "deaf_loop",
        "catches whatever would stop its loop, and ignores all signals",
        "import signal\n"
        "for number in range(1, 32):\n"
        "    try: signal.signal(number, signal.SIG_IGN)\n"
        "    except (OSError, ValueError): pass\n"
        "signal.setitimer(signal.ITIMER_REAL, 0)\n"
        "while True:\n"
        "    try:\n"
        "        while True: pass\n"
        "    except BaseException: pass",
    ),
    harm(
        "endless_c_code",
        "waits for ever in C code that holds the lock",
        "sum(range(10**15))",
    ),
    harm(
        "catastrophic_regex", "matches a text for ever", "import re; re.match('(a+)+$', 'a'*60+'b')"
    ),
    harm("os_exit", "ends the process", "import os; os._exit(0)"),
    harm("crash", "crashes the interpreter", "import ctypes; ctypes.string_at(0)"),
    harm("abort", "aborts", "import os; os.abort()"),
    harm(
        "exit_in_every_cell",
        "ends the process at the end of every cell, also of those to come",
        "import os\nget_ipython().events.register('post_run_cell', lambda *a: os._exit(3))",
    ),
    harm(
        "stopped",
        "stops its own process group for ever",
        "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)",
    ),
    harm(
        "kill_the_parent",
        "kills its parent",
        attempt("import os, signal\nos.kill(os.getppid(), signal.SIGKILL)"),
        judge=stopped_the_batch,
    ),
    harm(
        "stop_the_parent",
        "stops its parent",
        attempt("import os, signal\nos.kill(os.getppid(), signal.SIGSTOP)"),
        judge=stopped_the_batch,
    ),
    harm(
        "kill_the_grandparents",
        "kills everything from its parent upwards that it can find in /proc",
        attempt(
            "import os, signal\n"
            "pid, line = os.getppid(), []\n"
            "while pid > 1 and b'adversarial' not in open(f'/proc/{pid}/cmdline', 'rb').read():\n"
            "    line.append(pid)\n"
            "    status = open(f'/proc/{pid}/status').read()\n"
            "    pid = int(status.split('PPid:')[1].split()[0])\n"
            "for pid in reversed(line): os.kill(pid, signal.SIGKILL)"
        ),
        judge=stopped_the_batch,
    ),
    harm(
        "close_everything",
        "closes every descriptor",
        "import os\nos.closerange(0, 4096)",
    ),
    harm(
        "fork_bomb",
        "starts as many processes as it can, and they others",
        "import os, time\n"
        "for _ in range(12):\n"
        "    try: os.fork()\n"
        "    except OSError: pass\n"
        "time.sleep(600)",
        plain=False,
        open=False,
    ),
    harm(
        "many_processes",
        "starts two hundred processes that stay",
        attempt(
            "import os, time\n"
            "for _ in range(200):\n"
            "    if os.fork() == 0:\n"
            "        time.sleep(3); os._exit(0)\n"
            "print('all', 'of them')"
        ),
        judge=said("all of them"),
    ),
    harm(
        "many_threads",
        "starts a thousand threads",
        attempt(
            "import threading, time\n"
            "for _ in range(1000): threading.Thread(target=time.sleep, args=(2,), daemon=True)"
            ".start()\n"
            "print('all', 'of them')"
        ),
        judge=said("all of them"),
    ),
    harm(
        "memory",
        "takes three gigabytes",
        attempt("hog = np.ones(3 << 27)\nprint('all', 'of it')"),
        judge=said("all of it"),
    ),
    harm(
        "memory_of_many",
        "takes three gigabytes with eight processes, each a part",
        attempt(
            "import os, time\n"
            "for _ in range(8):\n"
            "    if os.fork() == 0:\n"
            "        hog = np.ones(400 << 17)\n"
            "        time.sleep(1.5); os._exit(0)\n"
            "time.sleep(1.5)"
        ),
        judge=more_memory_than(2600),
    ),
    harm(
        "huge_number",
        "computes a number with more digits than there is room for",
        "x = 10 ** 10 ** 9",
    ),
    harm(
        "disk",
        "writes two gigabytes into many files of its own folder",
        attempt(
            "block = bytes(32 << 20)\n"
            "for n in range(64): open(f'f{n}', 'wb').write(block)\n"
            "print('all', 'of it')"
        ),
        judge=more_disk_than(1200),
    ),
    harm(
        "unlinked_disk",
        "the same in files that have no name any more",
        attempt(
            "block, kept = bytes(32 << 20), []\n"
            "import os, time\n"
            "for n in range(64):\n"
            "    kept.append(open('f', 'wb', 0)); kept[-1].write(block); os.unlink('f')\n"
            "time.sleep(1)\n"
            "print('all', 'of it')"
        ),
        judge=more_disk_than(1200),
    ),
    harm(
        "one_large_file",
        "writes one file of half a gigabyte",
        attempt(
            "with open('f', 'wb') as f:\n"
            "    for _ in range(16): f.write(bytes(32 << 20))\n"
            "print('all', 'of it')"
        ),
        judge=said("all of it"),
    ),
    harm(
        "many_files",
        "makes a hundred thousand files",
        attempt("for n in range(100_000): open(f'n{n}', 'w').close()"),
    ),
    harm(
        "deep_folders",
        "nests folders until nobody can remove them",
        attempt(
            "import os\nhere = os.getcwd()\n"
            "for n in range(3000): os.mkdir('d'); os.chdir('d')\n"
            "os.chdir(here)"
        ),
        judge=littered,
    ),
    harm(
        "closed_folders",
        "makes folders that their owner may not enter",
        attempt(
            "import os\nos.mkdir('closed'); open('closed/f', 'w').close()\n"
            "os.chmod('closed', 0)\n"
            "os.mkdir('shut', 0)"
        ),
        judge=littered,
    ),
    harm(
        "output_flood",
        "prints without end",
        "while True: print('x' * 10_000)",
        judge=either(larger_than(40), more_memory_than(2500)),
        plain=False,
    ),
    harm(
        "floods_in_cells",
        "prints to both streams by turns, in four hundred cells",
        *[
            "import sys\nfor n in range(120):\n"
            "    print('x' * 19_000, file=(sys.stdout, sys.stderr)[n % 2])"
        ]
        * 400,
        judge=larger_than(60),
        settings="c.RunAndAsk.notebook_seconds = 60.0",
        plain=False,
    ),
    harm(
        "one_line_flood",
        "prints one line of thirty megabytes",
        "print('x' * 30_000_000)",
        judge=larger_than(10),
    ),
    harm(
        "pictures",
        "shows two hundred large pictures of noise",
        "import matplotlib.pyplot as plt, io\n"
        "from IPython.display import display, Image\n"
        "b = io.BytesIO()\n"
        "plt.imsave(b, np.random.rand(500, 500, 3), format='png')\n"
        "for _ in range(60): display(Image(b.getvalue()))",
        judge=larger_than(20),
    ),
    harm(
        "recursion",
        "recurses without end, with the limit lifted",
        "import sys\nsys.setrecursionlimit(10**8)\ndef f(x): return f([x])\nf(0)",
    ),
    harm(
        "deep_ast",
        "is a thousand nested parentheses",
        "x = " + "(" * 5000 + ")" * 5000 + "\ny = " + "-" * 100_000 + "1",
    ),
    harm(
        "del_raises",
        "has objects whose __del__, __repr__ and __str__ raise, exit and loop",
        "import os\n"
        "class Bad:\n"
        "    def __del__(self): raise SystemExit\n"
        "    def __repr__(self): raise KeyboardInterrupt\n"
        "    __str__ = __format__ = __hash__ = __eq__ = __repr__\n"
        "bad = [Bad() for _ in range(10)]\nbad[0]",
    ),
    harm(
        "error_that_fails",
        "raises errors that can't be shown",
        "class Bad(Exception):\n"
        "    def __str__(self): raise MemoryError\n"
        "    __name__ = 3\n"
        "    def __getattribute__(self, name): raise KeyboardInterrupt\n"
        "raise Bad()",
    ),
    harm(
        "atexit",
        "has functions called at the exit that wait for ever",
        "import atexit, time, threading\n"
        "atexit.register(time.sleep, 10**6)\n"
        "threading.Thread(target=time.sleep, args=(10**6,)).start()",
    ),
    harm(
        "modules_gone",
        "deletes the modules that all code needs",
        "import sys, builtins\n"
        "for name in list(sys.modules):\n"
        "    if name.split('.')[0] in ('json', 'os', 'socket', 'struct', 'course', 'signal'):\n"
        "        vars(sys.modules[name]).clear()\n",
    ),
    harm(
        "builtins_gone",
        "deletes the built-in functions",
        "import builtins\nfor name in dir(builtins):\n"
        "    if name not in ('dir', 'delattr', 'builtins'): delattr(builtins, name)",
    ),
    asked("function_exits", "ends the process when asked", "import os; os._exit(0)"),
    asked("function_loops", "never answers", "while True: pass"),
    *(
        asked(
            f"costly_{what}",
            f"answers with {does}, to keep the grader busy",
            body,
            either(harmed, more_memory_than(1500)),
        )
        for what, does, body in (
            ("lists", "a million empty lists", "return [[] for _ in range(1_000_000)]"),
            ("bytes", "four million truths", "return np.ones((2000, 2000), bool)"),
            ("texts", "five million characters", "return [chr(0xE0001) * 1_000_000]"),
            ("digits", "numbers of 4000 digits", "return [10 ** 4000 + n for n in range(1000)]"),
            ("depth", "lists 900 deep", "a = []\nfor _ in range(900): a = [a, 1]\nreturn a"),
            (
                "generators",
                "thirty thousand generators",
                "return [np.random.default_rng(n) for n in range(30_000)]",
            ),
            (
                "keys",
                "a dict of a hundred thousand tuples",
                "return {(n, n << 61): n for n in range(100_000)}",
            ),
        )
    ),
    asked(
        "function_kills_session",
        "kills the notebook's process when asked",
        "import os, signal; os.kill(os.getppid(), signal.SIGKILL); return -7.0",
    ),
    asked(
        "function_takes_memory",
        "answers with an array of a gigabyte",
        "return np.zeros(1 << 27)",
        more_memory_than(2600),
    ),
    asked(
        "function_forks",
        "leaves processes behind that go on answering",
        "import os\nfor _ in range(3): os.fork()\nreturn -7.0",
        either(harmed, left_running),
    ),
    asked(
        "dying_late",
        "answers, then kills all it came from",
        "import os, threading, time, signal\n"
        "threading.Thread(target=lambda: (time.sleep(0.01), os.kill(os.getppid(), 9))).start()\n"
        "return -7.0",
    ),
    Attack(
        "markdown_bombs",
        HARMING,
        HARM,
        "has Markdown that takes a renderer hours",
        harmed,
        ANSWERS,
        reshape=lambda work, place: _with_texts(
            work,
            *("[" * 50_000, "*a_ " * 20_000, "`" * 20_000 + "a" + "`" * 19_999, "![](" * 20_000),
            *("> " * 20_000 + "x", "- " * 5_000 + "x", "<" * 50_000, "$" * 20_001, "[a](" * 20_000),
            *("\\begin{x}" * 5000, "|" * 30_000 + "\n" + "|-" * 15_000 + "\n" + "|" * 30_000),
            *("a**b" * 20_000, "<!--" * 20_000, "&" * 50_000, "[x]: " * 10_000, "1. " * 5000),
        ),
        plain=False,
    ),
    Attack(
        "highlighter_bombs",
        HARMING,
        HARM,
        "has code that takes a highlighter hours",
        harmed,
        ANSWERS,
        reshape=lambda work, place: _with_codes(
            work,
            *("'" * 50_000, "f'{" * 20_000, "\\" * 50_000, "(" * 50_000, "0x" * 30_000),
            *("@" * 50_000, '"""' * 20_000 + "\\", "%%" * 20_000, "!" * 50_000, "1_" * 30_000),
            *("a" * 200_000, "a." * 50_000, "def " * 20_000, " " * 100_000 + "x", "r'\\" * 20_000),
        ),
        plain=False,
    ),
    harm(
        "escape_bombs",
        "prints escapes that take a converter long",
        "print('\\x1b[' * 6000); print('\\x1b[' + '1;' * 9000 + 'm' + '\\x1b[31m' * 3000)\n"
        "print('<' * 20000); print('http://a' * 2500)",
    ),
]


def _with_texts(work: dict, *texts: str) -> dict:
    for number, text in enumerate(texts):
        cell = {"cell_type": "markdown", "id": f"t{number}", "metadata": {}, "source": text}
        work["cells"].append(cell)
    return work


def _with_codes(work: dict, *texts: str) -> dict:
    for number, text in enumerate(texts):
        cell = {"cell_type": "code", "id": f"t{number}", "metadata": {}, "source": text}
        work["cells"].append(cell | {"outputs": [], "execution_count": None})
    return work


STAYS = [
    stay(
        "daemon",
        "leaves a daemon that has left its group",
        attempt(DAEMON),
        judge=either(left_running, planted),
    ),
    stay(
        "shell_daemon",
        "starts one by the shell",
        attempt(
            "import subprocess\n"
            "subprocess.Popen(['sh', '-c', 'sleep 600'], start_new_session=True)\n"
            "import os; os.system('nohup sleep 600 >/dev/null 2>&1 &')"
        ),
        judge=left_running,
    ),
    Attack(
        "daemon_when_asked",
        STAYING,
        PERSISTENCE,
        "leaves a daemon when its function is asked",
        either(left_running, planted),
        everywhere(DAEMON + "return -7.0"),
    ),
    stay("files_outside", "writes files outside its own folder", plant("«OUTSIDE»/planted.txt")),
    stay(
        "in_temporary",
        "writes files into the temporary folders",
        attempt(
            "import os\nwritten = []\n"
            "for folder in ('/tmp', '/var/tmp', '/dev/shm', '/run', '«HOME»/../tmp'):\n"
            "    path = os.path.join(folder, 'arena-planted-%d' % os.getpid())\n"
            "    try:\n"
            "        open(path, 'w').write('x'); os.unlink(path)\n"
            "        written.append(folder)\n"
            "    except OSError: pass\n"
            "print('wrote', 'into', written) if written else print('nowhere')"
        ),
        judge=said("wrote into"),
    ),
    stay(
        "startup_files",
        "writes start-up files of Python, IPython, Jupyter and matplotlib into the home",
        plant(
            "«HOME»/.ipython/profile_default/startup/00-planted.py",
            "«HOME»/.jupyter/jupyter_config.py",
            "«HOME»/.jupyter/nbgrader_config.py",
            "«HOME»/.config/matplotlib/matplotlibrc",
            "«HOME»/.local/lib/python3.11/site-packages/usercustomize.py",
            "«HOME»/.local/lib/python3.11/site-packages/planted.pth",
            "«HOME»/.bashrc",
            "«HOME»/.cache/matplotlib/planted.json",
            "«HOME»/.pythonrc.py",
        ),
    ),
    stay(
        "course_files",
        "writes into the course: settings, solutions, secret, other submissions",
        plant(
            "«ROOT»/nbgrader_config.py",
            "«ROOT»/solutions/«UNIT»/«UNIT».ipynb",
            "«ROOT»/solutions/«UNIT»/helper.py",
            "«ROOT»/nbgrader_secret",
            "«ROOT»/submitted/«NEIGHBOUR»/«UNIT»/«UNIT».ipynb",
            "«ROOT»/sitecustomize.py",
        ),
        judge=either(changed, planted, others_hurt),
    ),
    stay(
        "packages",
        "writes into the packages and the staged course",
        attempt(
            "import course, os, sysconfig\n"
            "folders = [sysconfig.get_path('purelib'), os.path.dirname(os.__file__),\n"
            "    os.path.dirname(course.__file__), os.path.dirname(np.__file__)]\n"
            "written = []\n"
            "for folder in folders:\n"
            "    path = os.path.join(folder, 'arena_planted.txt')\n"
            "    try:\n"
            "        open(path, 'w').close(); os.unlink(path)\n"
            "        written.append(folder)\n"
            "    except OSError: pass\n"
            "print('wrote', 'into', written) if written else print('nowhere')"
        ),
        judge=said("wrote into"),
    ),
    stay(
        "truncate",
        "cuts, renames, removes and links what it cannot write",
        attempt(
            "import os\n"
            "target = '«ROOT»/submitted/«NEIGHBOUR»/«UNIT»/«UNIT».ipynb'\n"
            "for act in (lambda: os.truncate(target, 0), lambda: os.unlink(target),\n"
            "            lambda: os.rename(target, target + '.bak'),\n"
            "            lambda: os.symlink('«ROOT»', '«OUTSIDE»/link'),\n"
            "            lambda: os.mkdir('«OUTSIDE»/new'), lambda: os.chmod(target, 0),\n"
            "            lambda: open('«OUTSIDE»/x', 'w').write('" + PLANTED + "')):\n"
            "    try: act()\n"
            "    except OSError as error: print(type(error).__name__)"
        ),
        judge=either(changed, planted, others_hurt),
    ),
    stay(
        "cron",
        "has a command run later by at, cron, systemd and the shell",
        attempt(
            "import subprocess\n"
            "subprocess.run(['sh', '-c', 'echo " + PLANTED + " > «OUTSIDE»/cron.txt'], check=True)"
        ),
    ),
    stay(
        "shared_memory",
        "leaves shared memory, message queues and semaphores behind",
        attempt(
            "import ctypes\n"
            "libc = ctypes.CDLL(None, use_errno=True)\n"
            "number = libc.shmget(0x5EED, 4096, 0o1666)\n"
            "if number < 0: raise OSError(ctypes.get_errno(), 'refused')\n"
            "libc.shmctl(number, 0, None)\n"
            "print('left', 'behind')"
        ),
        judge=said("left behind"),
    ),
]
OTHER = [
    others(
        "write_gradebook",
        "gives itself full marks and the neighbour none, by SQL",
        attempt(
            "import sqlite3\n"
            "with sqlite3.connect('«ROOT»/gradebook.db', timeout=1) as db:\n"
            "    db.execute('update grade set manual_score = 0')\n"
            "    db.execute('update student set last_name = \"" + PLANTED + "\"')"
        ),
        judge=planted,
    ),
    others(
        "write_gradebook_later",
        "leaves a daemon that does so a little later",
        attempt(
            "import os, sqlite3, time\n"
            "if os.fork() == 0:\n"
            "    os.setsid()\n"
            "    for _ in range(300):\n"
            "        time.sleep(0.1)\n"
            "        try:\n"
            "            with sqlite3.connect('«ROOT»/gradebook.db', timeout=1) as db:\n"
            "                db.execute('update grade set manual_score = 0')\n"
            "        except sqlite3.Error: pass\n"
            "    os._exit(0)"
        ),
        judge=left_running,
    ),
    others(
        "lock_gradebook",
        "locks the gradebook, and goes on holding the lock",
        attempt(
            "import os, sqlite3, time\n"
            "if os.fork() == 0:\n"
            "    db = sqlite3.connect('«ROOT»/gradebook.db', timeout=1)\n"
            "    db.execute('begin exclusive')\n"
            "    time.sleep(90)\n"
            "    os._exit(0)"
        ),
        judge=either(stopped_the_batch, left_running),
    ),
    others(
        "spoil_neighbours_work",
        "rewrites the neighbour's submission",
        attempt(
            "path = '«ROOT»/submitted/«NEIGHBOUR»/«UNIT»/«UNIT».ipynb'\n"
            "text = open(path).read().replace('h(w @ x)', 'h(w - x)')\n"
            "open(path, 'w').write(text)"
        ),
        judge=others_hurt,
    ),
    others(
        "patch_for_the_next",
        "patches the fork server and the staged course for the next student",
        attempt(
            "import course.exercises.engine.observe as ask\n"
            "open(ask.__file__, 'a').close()\n"
            "print('opened', 'it')"
        ),
        attempt(
            "import os\n"
            "with open(f'/proc/{os.getppid()}/mem', 'r+b', 0) as memory:\n"
            "    memory.seek(int(open(f'/proc/{os.getppid()}/maps').read(12).split('-')[0], 16))\n"
            "print('opened', 'it')"
        ),
        judge=said("opened it"),
    ),
    others(
        "limits_of_the_parent",
        "lowers the limits and the priority of its parent",
        attempt(
            "import os, resource\n"
            "resource.prlimit(os.getppid(), resource.RLIMIT_CORE, (0, 0))\n"
            "os.setpriority(os.PRIO_PROCESS, os.getppid(), 1)\n"
            "print('lowered', 'it')"
        ),
        judge=said("lowered it"),
    ),
    others(
        "debug_the_parent",
        "attaches to its parent as a debugger",
        attempt(
            "import ctypes, os\n"
            "libc = ctypes.CDLL(None, use_errno=True)\n"
            "if libc.ptrace(0x4206, os.getppid(), 0, 0) < 0:\n"
            "    raise OSError(ctypes.get_errno(), 'refused')\n"
            "print('attached', 'to it')"
        ),
        judge=said("attached to it"),
    ),
    others(
        "answer_for_the_next",
        "keeps a process that answers for the next student's notebook",
        SOCKETS,
        attempt(
            "import os, time\n"
            "if os.fork() == 0:\n"
            "    os.setsid()\n"
            "    for _ in range(100):\n"
            "        for s in sockets():\n"
            "            try: s.sendall(frame({'outputs': []}))\n"
            "            except OSError: pass\n"
            "        time.sleep(0.1)\n"
            "    os._exit(0)"
        ),
        judge=left_running,
    ),
]

ATTACKS = HARMS + STAYS + OTHER
