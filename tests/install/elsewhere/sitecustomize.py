"""Takes away what Windows lacks, from every Python that has this folder on its path."""

import os
import signal
import socket
import sys

MODULES = ("fcntl", "grp", "pty", "pwd", "readline", "resource", "syslog", "termios", "tty")
OF_OS = (
    *("fork", "forkpty", "setuid", "setgid", "getsid", "setsid", "killpg", "getpgid", "sysconf"),
    *("setpriority", "getpriority", "mkfifo", "mknod", "nice", "wait", "wait3", "wait4"),
)
OF_SIGNAL = ("SIGALRM", "SIGHUP", "SIGUSR1", "SIGUSR2", "setitimer", "alarm", "pthread_kill")
OF_SOCKET = ("AF_UNIX", "send_fds", "recv_fds")

for name in MODULES:
    sys.modules[name] = None
for module, names in {os: OF_OS, signal: OF_SIGNAL, socket: OF_SOCKET}.items():
    for name in names:
        if hasattr(module, name):
            delattr(module, name)
