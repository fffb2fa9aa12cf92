# For students: JupyterLab on their own copy of the notebooks. See docs/instructors/docker.md.
FROM python:3.12-slim

WORKDIR /opt/feedforward
COPY pyproject.toml constraints.txt README.md LICENSE LICENSE-lessons ./
COPY assignments/ assignments/
COPY course/ course/
RUN pip install --no-cache-dir -c constraints.txt ".[lab]"

RUN useradd --create-home --uid 1000 student
USER student
# A folder from outside is mounted here; without one, the work ends with the container.
WORKDIR /home/student
RUN mkdir my-work
EXPOSE 8888
CMD ["course", "lab", "--ip", "0.0.0.0", "--no-browser"]
