// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/text/prompt_flow.h"

#include "widgets/style/icons.h"
#include "widgets/style/look.h"
#include "widgets/text/token_strip.h"
#include "widgets/text/word_changes.h"

#include <QEvent>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace headlens {

PromptFlow::PromptFlow(InspectionModel* model, Selection* selection, DisplaySettings* display, QWidget* parent)
    : FlowArea(new QWidget, parent), m_model(model), m_writing(Writing::of(model)), m_promptName(new QLabel),
      m_answerName(new QLabel), m_growing(new QLabel), m_before(new QLabel), m_picture(new QToolButton),
      m_prompt(new TokenStrip(model, selection, display)), m_answer(new TokenStrip(model, selection, display))
{
    build();
    connect(m_picture, &QToolButton::clicked, this, &PromptFlow::pictureWanted);
    connect(m_prompt, &TokenStrip::pictureWanted, this, &PromptFlow::pictureWanted);
    connect(m_writing, &Writing::changed, this, &PromptFlow::onWriting);
    connect(m_writing, &Writing::grown, this, &PromptFlow::onWriting);
    connect(model, &InspectionModel::inputChanged, this, &PromptFlow::onInput);
    onInput();
}

void PromptFlow::build()
{
    auto* layout = new QVBoxLayout(widget());
    layout->setContentsMargins(4, 4, 4, 4);
    layout->setSpacing(4);
    for (QWidget* part :
         {static_cast<QWidget*>(m_promptName), static_cast<QWidget*>(m_prompt), static_cast<QWidget*>(m_answerName),
          static_cast<QWidget*>(m_growing), static_cast<QWidget*>(m_answer), static_cast<QWidget*>(m_before)})
        layout->addWidget(part);
    layout->addStretch(1);
    for (QLabel* heading : {m_promptName, m_answerName}) heading->setForegroundRole(QPalette::PlaceholderText);
    m_growing->setWordWrap(true);
    m_growing->setTextFormat(Qt::PlainText);
    m_before->setWordWrap(true);
    m_before->setTextFormat(Qt::RichText);
    m_before->setForegroundRole(QPalette::PlaceholderText);
    m_picture->setIcon(icon(Icon::Picture));
    m_picture->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    setLook(m_picture, Look::Chip);
    m_prompt->setLead(m_picture);
    m_prompt->setFollower(m_answer);
}

// Of a picture that stands beside the words, not as tokens among them (PaLM-E); labels are compared with theirs from
// outside.
int PromptFlow::patches() const
{
    const ShownRun& run = m_model->run();
    if (!run.hasPicture() || m_model->model().text.compares || !m_model->model().text.reads) return 0;
    for (const verbs::Stream& stream : run.input.streams)
        if (std::ranges::find(stream.tokens, "image", &verbs::TextToken::kind) != stream.tokens.end()) return 0;
    const verbs::Stream& picture = run.input.streams[std::size_t(run.pictureStream())];
    return picture.gridHeight * picture.gridWidth;
}

void PromptFlow::onInput()
{
    const auto& streams = m_model->input().streams;
    const WrittenPlace written = writtenPlace(*m_model);
    int read = -1;
    for (int i = 0; i < int(streams.size()); ++i)
        if (!streams[std::size_t(i)].tokens.empty() && streams[std::size_t(i)].name != "decoder") read = i;
    const bool apart = written.stream != read; // a decoder shows its start mark before it has written anything
    const bool answers = written.stream >= 0 && (apart || written.count > 0);
    m_prompt->setStream(read, 0, !apart && answers ? written.begin : -1);
    m_answer->setStream(answers ? written.stream : -1, written.begin);
    m_picture->setText(tr("%n patches", nullptr, patches()));
    m_picture->setToolTip(tr("The patches of the picture: click to go there"));
    m_picture->setVisible(patches() > 0);
    m_picture->resize(m_picture->sizeHint());
    m_prompt->setVisible(read >= 0 || patches() > 0);
    m_answer->setVisible(answers);
    m_promptName->setText(tr("Prompt"));
    m_promptName->setVisible(answers);
    onWriting();
}

// What it writes is seen as text while it grows, and as tokens once its attention is there.
void PromptFlow::onWriting()
{
    const bool busy = m_writing->isBusy();
    m_growing->setVisible(busy && !m_writing->soFar().isEmpty());
    m_growing->setText(m_writing->soFar());
    m_answerName->setVisible(busy || m_answer->stream() >= 0);
    m_answerName->setText(answerHeading());
    tellBefore();
}

// What was hidden or changed meanwhile is seen by the words that the model does not write again.
void PromptFlow::tellBefore()
{
    const QString now = QString::fromStdString(m_writing->written().text).trimmed(),
                  then = m_writing->before().trimmed();
    const bool isTold = !m_writing->isBusy() && !now.isEmpty() && !then.isEmpty();
    m_before->setVisible(isTold);
    if (!isTold) return;
    m_before->setText(now == then ? tr("Before: the same words").toHtmlEscaped()
                                  : tr("Before: %1").arg(comparedText(then, now)));
}

QString PromptFlow::answerHeading() const
{
    if (m_writing->isBusy()) return tr("Answer · the model is writing");
    const int tokens = writtenPlace(*m_model).count;
    if (tokens == 0) return tr("Answer · nothing written yet");
    QString said = tr("Answer · written by the model · %n tokens", nullptr, tokens);
    const double rate = m_writing->tokensPerSecond();
    if (rate <= 0 || m_writing->written().steps.empty()) return said;
    return tr("%1 · %2 tokens/s").arg(said).arg(rate, 0, 'f', rate < 100 ? 1 : 0);
}

void PromptFlow::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) onInput();
    FlowArea::changeEvent(event);
}

} // namespace headlens
