"""Scores sentence pairs with sacreBLEU, for the tests of RondoMetrics.

Writes `metrics/pairs.json` (sentence pairs of our own with tokens and scores) and
`metrics/damaged.json` (scores only, of the validation references in `../shared` damaged by
`damage` below, which the Swift test repeats).

    python Tests/Golden/make_metrics.py      # needs sacrebleu 2.6.0
"""

import json
import pathlib

import sacrebleu
from sacrebleu.metrics import BLEU, CHRF
from sacrebleu.tokenizers.tokenizer_13a import Tokenizer13a

GOLDEN = pathlib.Path(__file__).resolve().parent
SHARED = GOLDEN.parent.parent.parent / "shared" / "data" / "translation"
SEED = 20240229
MASK = (1 << 64) - 1


class SplitMix64:
    """The generator of random numbers that the Swift test has too."""

    def __init__(self, seed):
        self.state = seed & MASK

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return z ^ (z >> 31)

    def below(self, n):
        return self.next() % n

    def choose(self, items):
        return items[self.below(len(items))]


def damage(line, random):
    """Drops, doubles, swaps and mangles words; one draw per word, words split at single spaces."""
    words, result, place = line.split(" "), [], 0
    while place < len(words):
        draw, word = random.below(100), words[place]
        if draw < 8:
            pass
        elif draw < 14:
            result += [word, word]
        elif draw < 22 and place + 1 < len(words):
            result += [words[place + 1], word]
            place += 1
        elif draw < 26:
            result += ["&quot;" + word + "&quot;"]
        elif draw < 30:
            result += [word + ",", "3.5-"]
        else:
            result += [word]
        place += 1
    return " ".join(result)


# Sentences of our own: a frame, filled from lists of words.

FRAMES = {
    "en": ["The {adj} {noun} {verb} the {adj} {noun}.", "A {noun} and a {noun} {verb} {place}.",
           "\"{noun}s,\" said the {noun}, \"{verb} {num} {noun}s {place}.\"",
           "On {date}, {num} {noun}s {verb} {place}; nobody {verb} the {noun}.",
           "Why {verb} a {adj}, {adj} {noun} {place}?", "It cost ${num} ({num}%) {place}."],
    "de": ["Der {adj} {noun} {verb} den {adj} {noun}.", "Ein {noun} und ein {noun} {verb} {place}.",
           "Am {date} {verb} {num} {noun} {place} – niemand {verb} den {noun}.",
           "„Warum {verb} {noun} {place}?“, fragte der {adj} {noun}.", "Das kostet {num} € {place}."],
}
WORDS = {
    "en": {
        "adj": ["old", "green", "tired", "left-handed", "well-known", "tiny", "O'Hara's", "3-legged"],
        "noun": ["otter", "violin", "ferry", "baker", "lamp", "harbour", "kite", "clockmaker"],
        "verb": ["paints", "follows", "repairs", "carries", "can't find", "admires", "outlives"],
        "place": ["in the harbour", "at half-past six", "near St. Olav's", "behind the mill", "at 7:45 a.m."],
        "num": ["3", "1,204", "0.75", "12,000.50", "99", "2-3", ".5"],
        "date": ["12/03/1987", "3 May", "2019-11-30", "the 1st"],
    },
    "de": {
        "adj": ["müde", "grüne", "größte", "überfällige", "linkshändige", "nie-gesehene"],
        "noun": ["Fischotter", "Geigenbauer", "Uhrmacher", "Drachen", "Fähre", "Müllerbursche"],
        "verb": ["malt", "verfolgt", "repariert", "trägt", "bewundert", "überlebt"],
        "place": ["im Hafen", "um 18.30 Uhr", "bei St. Olav", "hinter der Mühle", "am Ufer"],
        "num": ["3", "1.204", "0,75", "12.000,50", "99", "2–3"],
        "date": ["3. Mai", "12.03.1987", "Montag"],
    },
}


def sentence(random):
    language = random.choose(["en", "de"])
    text = random.choose(FRAMES[language])
    for kind, choices in WORDS[language].items():
        while "{" + kind + "}" in text:
            text = text.replace("{" + kind + "}", random.choose(choices), 1)
    return text


HARD = [
    ("", ["The otter paints."]), ("The otter paints.", [""]), ("", [""]), ("   ", ["\t"]),
    ("the", ["the"]), ("The", ["the"]), ("a b", ["a b"]), ("a b c", ["a b c"]), ("a b c d", ["a b c d"]),
    ("a b c d e", ["a b c d"]), ("x", ["y"]), (".", ["."]), ("...", ["…"]), (". . .", ["..."]),
    ("the the the the the the the", ["the cat is on the mat", "there is a cat on the mat"]),
    ("It costs 1,234.56 dollars.", ["It costs 1,234.56 dollars ."]),
    ("pi is 3.14159, e is 2.71828.", ["pi is 3.14159 , e is 2.71828 ."]),
    ("1.,2.,3.", ["1. , 2. , 3."]), (".5 and 5. and .,", [".5 and 5 . and . ,"]),
    ("a.b.c.d", ["a . b . c . d"]), ("a..b..c", ["a. .b. .c"]), ("1..2,,3", ["1. .2, ,3"]),
    ("5-3=2", ["5 - 3 = 2"]), ("well-known 7-legged x-5", ["well - known 7 - legged x - 5"]),
    ("9-9-9--9", ["9 - 9 - 9 - - 9"]), ("pre-\nwar", ["prewar"]), ("two\nlines", ["two lines"]),
    ("end-\n", ["end"]), ("a-\n-\nb", ["ab"]), ("a-<skipped>\nb", ["ab"]), ("<skipped>", [""]), ("a <skipped> b", ["a b"]),
    ("<skip<skipped>ped>", ["< skipped >"]), ("&quot;hi&quot;", ["\"hi\""]), ("R&amp;D", ["R & D"]),
    ("&amp;lt;", ["<"]), ("&amp;quot;", ["&quot;"]), ("&lt;b&gt;", ["<b>"]), ("&nbsp;&#39;", ["& nbsp ; & # 39 ;"]),
    ("&LT;", ["<"]), ("Tom's dog, isn't it?", ["Tom 's dog , isn 't it ?"]), ("rock 'n' roll", ["rock'n'roll"]),
    ("(a)[b]{c}", ["( a ) [ b ] { c }"]), ("a/b\\c|d", ["a / b \\ c | d"]), ("x^2 ~ y_1 `q`", ["x ^ 2 ~ y _ 1 ` q `"]),
    ("50% of $3 #1 @home +1 *", ["50 % of $ 3 # 1 @ home + 1 *"]), ("a=b;c:d!", ["a = b ; c : d !"]),
    ("Ünïcödé wörds, straße.", ["ünïcödé Wörds, Straße."]), ("STRASSE ẞ", ["strasse ß"]),
    ("ΟΔΥΣΣΕΥΣ ΣΟΦΟΣ", ["οδυσσευς σοφος"]), ("ΑΣ. ΑΣ' ΑΣΑ Σ", ["ας. ας' ασα σ"]), ("İstanbul IĞDIR", ["istanbul ığdır"]),
    ("caf\u00e9 cafe\u0301", ["cafe\u0301 caf\u00e9"]), ("\u00c5ngstr\u00f6m", ["\u212bngstr\u00f6m"]),
    ("我喜欢音乐。", ["我 喜欢 音乐 。"]), ("我喜欢音乐。", ["我喜欢唱歌。"]), ("日本語、テスト。3,000円", ["日本語、テスト。3,000 円"]),
    ("한국어 문장입니다.", ["한국어 문장 입니다."]), ("أحب الموسيقى، حقا؟", ["أحب الموسيقى ، حقا ؟"]),
    ("אני אוהב מוזיקה.", ["אני אוהבת מוזיקה."]), ("मुझे संगीत पसंद है।", ["मुझे संगीत बहुत पसंद है।"]),
    ("I ❤️ music 🎻🎺", ["I ❤ music 🎻 🎺"]), ("👩‍👩‍👧‍👦 family.", ["👩 👩 👧 👦 family."]), ("🇩🇪 → 🇬🇧, 5👍🏽", ["🇩🇪→🇬🇧 , 5 👍🏽"]),
    ("non\u00a0breaking\u2009thin", ["non breaking thin"]), ("a\u200bb zero\u200dwidth", ["ab zero width"]),
    ("a\u3000b\u2028c\u0085d", ["a b c d"]), ("unit\u001fsep\u001cfile", ["unit sep file"]), ("nul\u0000byte", ["nul byte"]),
    ("tab\tand\rreturn\r\n", ["tab and return"]), ("trailing space   ", ["trailing space"]), ("  leading", ["leading"]),
    ("١٢٣,٤٥٦.٧", ["١٢٣ , ٤٥٦ . ٧"]), ("½-price ²-nd", ["½ -price ² -nd"]), ("“Curly” ‘quotes’ – dash — more…", ["\"Curly\" 'quotes' - dash - more..."]),
    ("A cat sat on a mat.", ["The cat sat on the mat.", "A cat was sitting on a mat.", "On the mat sat a cat."]),
    ("one two three", ["one two", "one two three four", "one"]), ("one two three", ["one two three four", "one two"]),
    ("tie tie tie", ["tie tie tie tie tie", "tie"]), ("same", ["same", "same", "same"]),
    ("b c d e", ["a b c", "c d e"]), ("(hi)", ["( hi )"]), ("((hi", ["( (hi"]), ("hi!!", ["hi! !"]), ("!?", ["! ?"]), ("'tis", ["' tis"]),
    ("Ein langer deutscher Satz, der weiter geht und weiter geht.", ["Ein langer Satz, der geht."]),
    ("Kurz.", ["Ein sehr viel längerer Satz als die Hypothese, mit Komma."]),
    ("ﬁne ﬂow ① ㎏", ["fine flow 1 kg"]), ("z̷̢a̴l̶g̷o̸", ["zalgo"]), ("\ufeffbom", ["bom"]), ("x" * 300, ["x" * 299 + "y"]),
]


def pairs():
    random = SplitMix64(SEED)
    made = []
    while len(HARD) + len(made) < 220:
        reference = sentence(random)
        references = [reference] + [damage(reference, random) for _ in range(random.below(3))]
        made.append((damage(damage(reference, random), random), references))
    return HARD + made


def columns(references):
    most = max(len(r) for r in references)
    return [[r[n] if n < len(r) else None for r in references] for n in range(most)]


BLEUS = {
    "bleu": {}, "bleu lc": {"lowercase": True}, "bleu effective": {"effective_order": True},
    "bleu none": {"smooth_method": "none"}, "bleu floor": {"smooth_method": "floor"},
    "bleu add": {"smooth_method": "add-k"}, "bleu floor 0.02": {"smooth_method": "floor", "smooth_value": 0.02},
    "bleu 2": {"max_ngram_order": 2}, "bleu 6": {"max_ngram_order": 6},
}
CHRFS = {
    "chrF2": {}, "chrF2++": {"word_order": 2}, "chrF2 lc": {"lowercase": True},
    "chrF2 space": {"whitespace": True}, "chrF2 epsilon": {"eps_smoothing": True},
    "chrF2++ epsilon": {"word_order": 2, "eps_smoothing": True}, "chrF1+": {"word_order": 1, "beta": 1},
    "chrF3 4": {"char_order": 4, "beta": 3},
}


def corpus_scores(hypotheses, references, bleus=BLEUS, chrfs=CHRFS):
    scores = {}
    for name, options in bleus.items():
        metric = BLEU(force=True, **options)
        score = metric.corpus_score(hypotheses, columns(references))
        scores[name] = {"score": score.score, "signature": str(metric.get_signature()), "line": str(score)}
    for name, options in chrfs.items():
        metric = CHRF(**options)
        score = metric.corpus_score(hypotheses, columns(references))
        scores[name] = {"score": score.score, "signature": str(metric.get_signature()), "line": str(score)}
    return scores


def write(name, content):
    text = json.dumps(content, ensure_ascii=True, indent=1)
    (GOLDEN / "metrics" / name).write_text(text + "\n", encoding="ascii")


def main():
    (GOLDEN / "metrics").mkdir(exist_ok=True)
    tokenizer, cases = Tokenizer13a(), []
    for hypothesis, references in pairs():
        scores = {}
        for name, options in BLEUS.items():
            scores[name] = BLEU(**{**options, "effective_order": True}).sentence_score(hypothesis, references).score
        for name, options in CHRFS.items():
            scores[name] = CHRF(**options).sentence_score(hypothesis, references).score
        cases.append({
            "hypothesis": hypothesis, "references": references, "scores": scores,
            "tokens": tokenizer(hypothesis.rstrip()).split(),
        })
    hypotheses = [c["hypothesis"] for c in cases]
    write("pairs.json", {
        "sacrebleu": sacrebleu.__version__, "cases": cases,
        "corpus": corpus_scores(hypotheses, [c["references"] for c in cases]),
        "corpusOfFirst": corpus_scores(hypotheses, [c["references"][:1] for c in cases]),
    })
    if SHARED.is_dir():
        damaged = {}
        for language in ["en", "de", "fr"]:
            lines = (SHARED / f"val.{language}").read_text(encoding="utf-8").removesuffix("\n").split("\n")
            random = SplitMix64(SEED)
            hypotheses = [damage(line, random) for line in lines]
            bleus = {name: BLEUS[name] for name in ["bleu", "bleu lc"]}
            chrfs = {name: CHRFS[name] for name in ["chrF2", "chrF2++"]}
            damaged[language] = {
                "longer": corpus_scores(hypotheses, [[line] for line in lines], bleus, chrfs),
                "shorter": corpus_scores(lines, [[line] for line in hypotheses], bleus, chrfs),
            }
        write("damaged.json", damaged)


main()
