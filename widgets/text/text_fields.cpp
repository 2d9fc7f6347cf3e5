// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/text/text_fields.h"

#include "widgets/text/growing_edit.h"
#include "widgets/viewmodel/writing.h"

#include <QEvent>
#include <QKeyEvent>
#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace headlens {
namespace {

constexpr int kAfterTyping = 200; // ms
constexpr int kLongestTyped = 1'000'000;
constexpr int kMostLines = 6; // of a field

} // namespace

TextFields::TextFields(InspectionModel* model, QWidget* parent)
    : QWidget(parent), m_model(model), m_text(new GrowingEdit(1, kMostLines)), m_labels(new GrowingEdit(1, kMostLines)),
      m_pair(new QLineEdit)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_text);
    layout->addWidget(m_labels);
    layout->addWidget(m_pair);
    m_text->installEventFilter(this);
    m_typed.setSingleShot(true);
    m_typed.setInterval(kAfterTyping);
    const auto typed = [this] {
        if (!m_filling) m_typed.start();
    };
    connect(m_text, &QPlainTextEdit::textChanged, this, typed);
    connect(m_labels, &QPlainTextEdit::textChanged, this, typed);
    connect(m_pair, &QLineEdit::textChanged, this, typed);
    connect(&m_typed, &QTimer::timeout, this, &TextFields::send);
    connect(model, &InspectionModel::modelOpened, this, &TextFields::onModel);
    connect(model, &InspectionModel::inputChanged, this, &TextFields::followText);
    retranslate();
}

void TextFields::setMostLines(int most)
{
    for (GrowingEdit* edit : {m_text, m_labels}) edit->setMost(std::clamp(most, 1, kMostLines));
}

QPlainTextEdit* TextFields::edit()
{
    return m_text;
}

QPlainTextEdit* TextFields::labels()
{
    return m_labels;
}

void TextFields::type(const QString& text)
{
    m_text->setPlainText(text);
    m_text->document()->setModified(true);
}

void TextFields::fill(const TextRequest& wish)
{
    m_typed.stop();
    m_filling = true;
    m_text->setPlainText(wish.text);
    m_pair->setText(wish.pair);
    m_labels->setPlainText(wish.candidates.join(QLatin1Char('\n')));
    for (GrowingEdit* edit : {m_text, m_labels}) {
        edit->document()->setModified(false);
        edit->moveCursor(QTextCursor::Start); // the first label is seen
    }
    m_filling = false;
    m_model->wishes()->change([&](RunRequest& r) { r.text = wish; });
}

// Another model: its own example, unless the person has typed something it can read as well.
void TextFields::onModel()
{
    const verbs::TextAbilities& can = m_model->model().text;
    if (!can.reads) return;
    TextRequest wish = m_model->request().text;
    const bool typed = m_text->document()->isModified() && !m_text->document()->isEmpty();
    wish.text = typed ? m_text->toPlainText().left(kLongestTyped) : QString::fromStdString(can.example);
    if (can.compares && !m_labels->document()->isModified()) {
        wish.candidates.clear();
        for (const std::string& candidate : can.exampleCandidates) wish.candidates << QString::fromStdString(candidate);
    }
    wish.chat = !can.chat.empty(); // who trained it on questions wants to be asked
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
    m_model->wishes()->change([&](RunRequest& r) { r.text = wish; });
}

void TextFields::showFields()
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

void TextFields::send()
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
    m_model->wishes()->change([&](RunRequest& r) { r.text = wish; });
}

// Other views change the text as well (a life that is dragged); what is being typed is left alone.
void TextFields::followText()
{
    retranslate();
    const QString& now = m_model->request().text.text;
    if (m_typed.isActive() || !m_model->model().text.reads || !m_text->isVisibleTo(this)) return;
    if (now == m_text->toPlainText().left(kLongestTyped)) return;
    const bool typed = m_text->document()->isModified();
    m_filling = true;
    m_text->setPlainText(now);
    m_text->document()->setModified(typed);
    m_filling = false;
}

void TextFields::retranslate()
{
    const verbs::TextAbilities& can = m_model->model().text;
    m_text->setPlaceholderText(asksQuestions(*m_model) ? tr("Ask a question; Enter answers it")
                               : can.isEncoderDecoder  ? tr("Type what the encoder reads")
                               : can.writes            ? tr("Type the beginning; the model goes on")
                                                       : tr("Type a sentence"));
    m_text->setAccessibleName(tr("Text"));
    m_pair->setPlaceholderText(tr("A second sentence (optional)"));
    m_pair->setAccessibleName(tr("Second text"));
    m_labels->setPlaceholderText(tr("One label a line, scored against the picture; the first one is looked into"));
    m_labels->setAccessibleName(tr("Labels"));
}

// Enter asks, as in every chat; with Shift it is a new line.
bool TextFields::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != m_text || event->type() != QEvent::KeyPress || !asksQuestions(*m_model))
        return QWidget::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    const bool isEnter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    if (!isEnter || key->modifiers() & Qt::ShiftModifier) return QWidget::eventFilter(watched, event);
    if (m_typed.isActive()) {
        m_typed.stop();
        send();
    }
    Q_EMIT asked();
    return true;
}

void TextFields::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

} // namespace headlens
