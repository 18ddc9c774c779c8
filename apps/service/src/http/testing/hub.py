"""What huggingface_hub reads from the service at HF_ENDPOINT, as one JSON object."""

import json
import sys

from huggingface_hub import HfApi
from huggingface_hub.errors import HfHubHTTPError

endpoint, known = sys.argv[1:3]
api = HfApi(endpoint=endpoint, token=False)


def shown(paper):
    return {
        "id": paper.id,
        "title": paper.title,
        "upvotes": paper.upvotes,
        "comments": paper.comments,
        "authors": [author.name for author in paper.authors],
        "published": paper.published_at.isoformat(),
        "submitted": paper.submitted_at and paper.submitted_at.isoformat(),
        "submitter": paper.submitted_by and paper.submitted_by.username,
        "summary": paper.summary,
        "ai_summary": paper.ai_summary,
        "discussion": paper.discussion_id,
    }


def refused(call):
    try:
        call()
    except HfHubHTTPError as error:
        return [error.response.status_code, str(error)]
    return None


json.dump(
    {
        "daily": [shown(paper) for paper in api.list_daily_papers()],
        "day": [paper.id for paper in api.list_daily_papers(date="2024-09-12")],
        "week": [paper.id for paper in api.list_daily_papers(week="2024-W37")],
        "month": [paper.id for paper in api.list_daily_papers(month="2024-09", limit=1, p=1)],
        "trending": [paper.id for paper in api.list_daily_papers(sort="trending")],
        "found": [shown(paper) for paper in api.list_papers(query="fox", limit=5)],
        "info": shown(api.paper_info(known)),
        "linked": api.paper_info(known).linked_models,
        "text": api.read_paper(known),
        "unknown": refused(lambda: api.paper_info("2409.99999")),
        "illegal": refused(lambda: list(api.list_daily_papers(date="2024-02-30"))),
    },
    sys.stdout,
)
