// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/text/text_pane.h"

#include "widgets/text/token_strip.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace headlens {
namespace {

constexpr int kAfterTyping = 200; // ms
constexpr int kLongestTyped = 1'000'000;

constexpr int kTextLines = 2, kLabelLines = 4;

int heightOf(const QPlainTextEdit* edit, int lines)
{
    return edit->fontMetrics().lineSpacing() * lines + 12;
}

// A field of a few lines, whose beginning is near: Ctrl+Home is the window's.
class Field : public QPlainTextEdit {
protected:
    bool event(QEvent* event) override
    {
        if (event->type() == QEvent::ShortcutOverride) {
            const auto* key = static_cast<QKeyEvent*>(event);
            if (key->key() == Qt::Key_Home && key->modifiers() == Qt::ControlModifier) return true; // not accepted
        }
        return QPlainTextEdit::event(event);
    }
    // On X11 until somebody copies something there is nothing in it, not even a first format; Qt 6.4 reads that one.
    void insertFromMimeData(const QMimeData* source) override
    {
        if (source != nullptr && !source->formats().isEmpty()) QPlainTextEdit::insertFromMimeData(source);
    }
};

QPlainTextEdit* editOf(int lines)
{
    auto* edit = new Field;
    edit->setTabChangesFocus(true);
    edit->setFixedHeight(heightOf(edit, lines));
    return edit;
}

// A strip that scrolls when a long text needs more lines than there is room for.
QScrollArea* scrolling(TokenStrip* strip)
{
    auto* area = new QScrollArea;
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setWidget(strip);
    area->setMinimumHeight(40);
    area->setFocusPolicy(Qt::NoFocus);
    return area;
}

// What a token stands for in the text, where the vocabulary has no word for it; empty otherwise.
QString unknownWord(const verbs::TextToken& token, const std::u32string& from)
{
    if (token.kind != "unknown" || token.begin < 0 || token.begin > int(from.size())) return {};
    const std::size_t letters = std::size_t(std::max(0, token.end - token.begin));
    return QString::fromStdU32String(from.substr(std::size_t(token.begin), letters));
}

} // namespace

QStringList unknownWords(const verbs::InputInfo& input)
{
    constexpr int kMost = 6;
    QStringList words;
    for (const verbs::Stream& stream : input.streams) {
        const std::u32string text = QString::fromStdString(stream.text).toStdU32String(),
                             pair = QString::fromStdString(stream.pair).toStdU32String();
        for (const verbs::TextToken& token : stream.tokens) {
            const QString word = unknownWord(token, token.inPair ? pair : text);
            if (word.isEmpty() || words.contains(word)) continue;
            if (words.size() == kMost) return words << QStringLiteral("\u2026");
            words << word;
        }
    }
    return words;
}

TextPane::TextPane(InspectionModel* model, Selection* selection, DisplaySettings* display, QWidget* parent)
    : QWidget(parent), m_model(model), m_text(editOf(kTextLines)), m_labels(editOf(kLabelLines)), m_pair(new QLineEdit),
      m_cut(new QLabel), m_unknown(new QLabel), m_writtenName(new QLabel), m_cutElsewhere(new QToolButton),
      m_ids(new QToolButton), m_read(new TokenStrip(model, selection, display)),
      m_written(new TokenStrip(model, selection, display))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(6, 6, 6, 0);
    layout->setSpacing(4);
    auto* first = new QHBoxLayout;
    first->addWidget(m_text, 1);
    first->addWidget(m_labels, 1); // one of both is shown
    first->addWidget(m_ids, 0, Qt::AlignTop);
    m_ids->setCheckable(true);
    layout->addLayout(first);
    layout->addWidget(m_pair);
    auto* cut = new QHBoxLayout;
    cut->addWidget(m_cut, 1);
    cut->addWidget(m_cutElsewhere);
    layout->addLayout(cut);
    layout->addWidget(m_unknown);
    layout->addWidget(scrolling(m_read), 1);
    layout->addWidget(m_writtenName);
    layout->addWidget(scrolling(m_written), 1);
    for (QLabel* label : {m_cut, m_unknown}) label->setWordWrap(true);
    m_unknown->setTextFormat(Qt::PlainText);
    m_typed.setSingleShot(true);
    m_typed.setInterval(kAfterTyping);
    const auto typed = [this] {
        if (!m_filling) m_typed.start();
    };
    connect(m_text, &QPlainTextEdit::textChanged, this, typed);
    connect(m_labels, &QPlainTextEdit::textChanged, this, typed);
    connect(m_pair, &QLineEdit::textChanged, this, typed);
    connect(&m_typed, &QTimer::timeout, this, &TextPane::send);
    connect(m_ids, &QToolButton::toggled, m_read, &TokenStrip::setIdsShown);
    connect(m_ids, &QToolButton::toggled, m_written, &TokenStrip::setIdsShown);
    connect(m_read, &TokenStrip::hideToggled, this, &TextPane::toggleHidden);
    connect(m_cutElsewhere, &QToolButton::clicked, this, [this] {
        TextRequest wish = m_model->request().text;
        wish.cutFromBegin = !wish.cutFromBegin;
        m_model->change([&](RunRequest& r) { r.text = wish; });
    });
    connect(model, &InspectionModel::modelOpened, this, &TextPane::onModel);
    connect(model, &InspectionModel::inputChanged, this, &TextPane::onInput);
    retranslate();
    setVisible(false);
}

void TextPane::type(const QString& text)
{
    m_text->setPlainText(text);
    m_text->document()->setModified(true);
}

void TextPane::fill(const TextRequest& wish)
{
    m_typed.stop();
    m_filling = true;
    m_text->setPlainText(wish.text);
    m_pair->setText(wish.pair);
    m_labels->setPlainText(wish.candidates.join(QLatin1Char('\n')));
    for (QPlainTextEdit* edit : {m_text, m_labels}) {
        edit->document()->setModified(false);
        edit->moveCursor(QTextCursor::Start); // the first label is seen
    }
    m_filling = false;
    m_model->change([&](RunRequest& r) { r.text = wish; });
}

// Another model: its own example, unless the person has typed something it can read as well.
void TextPane::onModel()
{
    const verbs::TextAbilities& can = m_model->model().text;
    setVisible(can.reads);
    if (!can.reads) return;
    TextRequest wish = m_model->request().text;
    const bool typed = m_text->document()->isModified() && !m_text->document()->isEmpty();
    wish.text = typed ? m_text->toPlainText().left(kLongestTyped) : QString::fromStdString(can.example);
    if (can.compares && !m_labels->document()->isModified()) {
        wish.candidates.clear();
        for (const std::string& candidate : can.exampleCandidates) wish.candidates << QString::fromStdString(candidate);
    }
    wish.written.clear();
    wish.decoderInputIds.clear();
    wish.hiddenTokens.clear();
    wish.ablated.clear();
    if (can.compares) wish.text.clear(); // the labels are its texts
    m_filling = true;
    m_text->setPlainText(wish.text);
    m_text->document()->setModified(typed);
    if (!m_labels->document()->isModified()) {
        m_labels->setPlainText(wish.candidates.join(QLatin1Char('\n')));
        m_labels->document()->setModified(false);
    }
    m_filling = false;
    showFields();
    m_model->change([&](RunRequest& r) { r.text = wish; });
}

void TextPane::showFields()
{
    const verbs::ModelInfo& model = m_model->model();
    const verbs::TextAbilities& can = model.text;
    // A describer of pictures writes into a text of its own (BLIP); Flamingo continues the one that is typed.
    const bool captions = can.writes && !can.isEncoderDecoder && model.takesPictures && can.longestWritten > 0;
    m_text->setVisible(!can.compares && !captions);
    m_labels->setVisible(can.compares);
    m_pair->setVisible(can.reads && !can.writes && !can.compares && !model.takesPictures);
    retranslate();
}

void TextPane::send()
{
    TextRequest wish = m_model->request().text;
    const TextRequest before = wish;
    wish.text = m_text->isVisibleTo(this) ? m_text->toPlainText().left(kLongestTyped) : QString();
    wish.pair = m_pair->isVisibleTo(this) ? m_pair->text().left(kLongestTyped) : QString();
    wish.candidates.clear();
    if (m_labels->isVisibleTo(this))
        for (const QString& line : m_labels->toPlainText().split(QLatin1Char('\n')))
            if (!line.trimmed().isEmpty()) wish.candidates << line.trimmed();
    if (wish.text != before.text || wish.pair != before.pair) { // what was said about the old words is void
        wish.hiddenTokens.clear();
        wish.decoderInputIds.clear();
        wish.written.clear();
    }
    m_model->change([&](RunRequest& r) { r.text = wish; });
}

void TextPane::onInput()
{
    const verbs::InputInfo& input = m_model->input();
    followText();
    int read = -1, written = -1;
    for (int i = 0; i < int(input.streams.size()); ++i) {
        if (input.streams[std::size_t(i)].tokens.empty()) continue;
        (input.streams[std::size_t(i)].name == "decoder" ? written : read) = i;
    }
    m_read->setStream(read);
    m_written->setStream(written);
    m_read->parentWidget()->parentWidget()->setVisible(read >= 0);
    m_written->parentWidget()->parentWidget()->setVisible(written >= 0);
    m_writtenName->setVisible(written >= 0);
    retranslate();
}

// Other views change the text as well (a life that is dragged); what is being typed is left alone.
void TextPane::followText()
{
    const QString& now = m_model->request().text.text;
    if (m_typed.isActive() || !m_model->model().text.reads || !m_text->isVisibleTo(this)) return;
    if (now == m_text->toPlainText().left(kLongestTyped)) return;
    const bool typed = m_text->document()->isModified();
    m_filling = true;
    m_text->setPlainText(now);
    m_text->document()->setModified(typed);
    m_filling = false;
}

void TextPane::toggleHidden(int token)
{
    TextRequest wish = m_model->request().text;
    if (const auto hit = std::ranges::find(wish.hiddenTokens, token); hit != wish.hiddenTokens.end())
        wish.hiddenTokens.erase(hit);
    else
        wish.hiddenTokens.push_back(token);
    m_model->change([&](RunRequest& r) { r.text = wish; });
}

void TextPane::retranslate()
{
    const verbs::TextAbilities& can = m_model->model().text;
    const int cut = m_model->input().cut;
    const bool fromBegin = m_model->request().text.cutFromBegin;
    m_text->setPlaceholderText(can.isEncoderDecoder ? tr("Type what the encoder reads")
                               : can.writes         ? tr("Type the beginning; the model goes on")
                                                    : tr("Type a sentence"));
    m_text->setAccessibleName(tr("Text"));
    m_pair->setPlaceholderText(tr("A second sentence (optional)"));
    m_pair->setAccessibleName(tr("Second text"));
    m_labels->setPlaceholderText(tr("One label a line, scored against the picture; the first one is looked into"));
    m_labels->setAccessibleName(tr("Labels"));
    m_ids->setText(tr("ids"));
    m_ids->setToolTip(tr("Show the number of each token below it"));
    m_cut->setVisible(cut > 0);
    m_cutElsewhere->setVisible(cut > 0);
    m_cut->setText(fromBegin
                       ? tr("The model has positions for %1 tokens: the first %2 were cut.").arg(can.longest).arg(cut)
                       : tr("The model has positions for %1 tokens: the last %2 were cut.").arg(can.longest).arg(cut));
    const QStringList unknown = unknownWords(m_model->input());
    m_unknown->setVisible(!unknown.isEmpty());
    m_unknown->setText(tr("Not in the model's vocabulary: %1. It reads its mark for unknown words instead.")
                           .arg(unknown.join(QStringLiteral(", "))));
    m_cutElsewhere->setText(fromBegin ? tr("Cut the end instead") : tr("Cut the beginning instead"));
    m_writtenName->setText(tr("Written by the model"));
}

void TextPane::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) retranslate();
    if (event->type() == QEvent::FontChange) { // presenter mode
        m_text->setFixedHeight(heightOf(m_text, kTextLines));
        m_labels->setFixedHeight(heightOf(m_labels, kLabelLines));
    }
    QWidget::changeEvent(event);
}

} // namespace headlens
