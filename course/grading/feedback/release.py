"""Release feedback through nbgrader's exchange, as far as students handed in through it."""

from pathlib import Path

from nbgrader.exchange.default.release_feedback import ExchangeReleaseFeedback

from course.grading.submission.submitted import SECRET, TIMESTAMP


class ReleaseFeedback(ExchangeReleaseFeedback):
    """nbgrader's own step, which stops at the first page that the exchange has no place for.

    A page's place follows from the secret of its submission. A submission that was put into
    submitted/ in another way has none: its page is left out, and the log says so.
    """

    def copy_files(self) -> None:
        excluded = self.coursedir.student_id_exclude
        left_out = list(filter(None, excluded.split(",")))
        for folder in Path(self.coursedir.root, self.coursedir.feedback_directory).glob("*"):
            student, place = folder.name, folder / self.coursedir.assignment_id
            kept = all((place / name).is_file() for name in (TIMESTAMP, SECRET))
            if not kept and place.is_dir() and self.coursedir.student_id in ("*", "", student):
                left_out.append(student)
                self.log.warning(
                    "The page of %s is not released: the submission was not collected from the "
                    "exchange. Return %s in another way.",
                    student,
                    place,
                )
        self.coursedir.student_id_exclude = ",".join(left_out)
        try:
            super().copy_files()
        finally:
            self.coursedir.student_id_exclude = excluded
