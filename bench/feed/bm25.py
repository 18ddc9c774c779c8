# BM25 as a sparse product: scikit-learn counts, weights once, one product a query.
from sklearn.feature_extraction.text import CountVectorizer, ENGLISH_STOP_WORDS

state = {}


def build(request):
    with open(request["path"]) as file:
        texts = json.load(file)
    vectorizer = CountVectorizer(
        token_pattern="[a-z0-9]+", stop_words=list(ENGLISH_STOP_WORDS), dtype=np.float64
    )

    def work():
        counts = vectorizer.fit_transform(texts["papers"]).tocsr()
        n = counts.shape[0]
        lengths = np.asarray(counts.sum(1)).ravel()
        df = np.bincount(counts.indices, minlength=counts.shape[1])
        norms = 1.2 * (0.25 + 0.75 * lengths / lengths.mean())
        rows = np.repeat(np.arange(n), np.diff(counts.indptr))
        idf = np.log(1 + (n - df + 0.5) / (df + 0.5))
        counts.data = idf[counts.indices] * counts.data * 2.2 / (counts.data + norms[rows])
        # Words by rows: a query then reads its own words alone.
        state["weights"] = counts.T.tocsr()
        state["queries"] = vectorizer.transform(texts["queries"]).tocsr()

    return work


def score(request):
    def work():
        weights, queries = state["weights"], state["queries"]
        best = np.empty((queries.shape[0], 10))
        for i in range(queries.shape[0]):
            scores = (queries[i] @ weights).toarray().ravel()
            if request.get("keep"):
                best[i] = -np.sort(-scores)[:10]
        return best

    return work


serve({"build": build, "score": score})
