# For instructors: grading, the formgrader, and a cluster's workers. See docs/instructors/docker.md.
FROM python:3.12-slim

WORKDIR /opt/feedforward
COPY pyproject.toml constraints.txt README.md LICENSE LICENSE-lessons ./
COPY assignments/ assignments/
COPY course/ course/
RUN pip install --no-cache-dir -c constraints.txt ".[grading,cluster]"

RUN useradd --create-home --uid 1000 grader
USER grader
# Any user may be given to `docker run`, and Jupyter writes to its home.
ENV HOME=/tmp
WORKDIR /class
CMD ["course", "doctor"]
