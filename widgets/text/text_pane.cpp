// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/text/text_pane.h"

#include "widgets/common/stacking_row.h"
#include "widgets/text/chat_row.h"
#include "widgets/text/prompt_flow.h"
#include "widgets/text/text_chips.h"
#include "widgets/text/text_fields.h"
#include "widgets/text/token_strip.h"
#include "widgets/text/write_row.h"
#include "widgets/viewmodel/writing.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace headlens {
namespace {

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
    : QWidget(parent), m_model(model), m_fields(new TextFields(model)), m_chatRow(new ChatRow(model)),
      m_writeRow(new WriteRow(Writing::of(model))), m_chips(new TextChips(model, selection, display)),
      m_flow(new PromptFlow(model, selection, display)), m_cut(new QLabel), m_unknown(new QLabel),
      m_cutElsewhere(new QToolButton)
{
    build();
    for (TokenStrip* strip : {readStrip(), writtenStrip()}) {
        connect(m_chips->ids(), &QToolButton::toggled, strip, &TokenStrip::setIdsShown);
        connect(m_chips->blanks(), &QToolButton::toggled, strip, &TokenStrip::setBlanksShown);
        connect(strip, &TokenStrip::hideToggled, this, &TextPane::toggleHidden);
    }
    connect(m_fields, &TextFields::asked, Writing::of(model), &Writing::ask);
    connect(m_flow, &PromptFlow::pictureWanted, this, &TextPane::pictureWanted);
    connect(m_cutElsewhere, &QToolButton::clicked, this, [this] {
        TextRequest wish = m_model->request().text;
        wish.cutFromBegin = !wish.cutFromBegin;
        m_model->wishes()->change([&](RunRequest& r) { r.text = wish; });
    });
    connect(model, &InspectionModel::modelOpened, this, &TextPane::onModel);
    connect(model, &InspectionModel::inputChanged, this, &TextPane::retranslate);
    retranslate();
    setVisible(false);
}

void TextPane::build()
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 4);
    layout->setSpacing(4);
    layout->addWidget(m_fields);
    layout->addWidget(m_chatRow);
    layout->addWidget(new StackingRow(m_writeRow, m_chips));
    auto* cut = new QHBoxLayout;
    cut->addWidget(m_cut, 1);
    cut->addWidget(m_cutElsewhere);
    layout->addLayout(cut);
    layout->addWidget(m_unknown);
    layout->addWidget(m_flow, 1);
    for (QLabel* label : {m_cut, m_unknown}) label->setWordWrap(true);
    m_unknown->setTextFormat(Qt::PlainText);
}

void TextPane::type(const QString& text)
{
    m_fields->type(text);
}

void TextPane::fill(const TextRequest& wish)
{
    m_fields->fill(wish);
}

TokenStrip* TextPane::readStrip()
{
    return m_flow->prompt();
}

TokenStrip* TextPane::writtenStrip()
{
    return m_flow->answer();
}

QPlainTextEdit* TextPane::edit()
{
    return m_fields->edit();
}

QPlainTextEdit* TextPane::labels()
{
    return m_fields->labels();
}

void TextPane::onModel()
{
    const verbs::TextAbilities& can = m_model->model().text;
    setVisible(can.reads);
    m_writeRow->setVisible(can.writes);
    limitHeight();
    retranslate();
}

void TextPane::toggleHidden(int token)
{
    TextRequest wish = m_model->request().text;
    if (const auto hit = std::ranges::find(wish.hiddenTokens, token); hit != wish.hiddenTokens.end())
        wish.hiddenTokens.erase(hit);
    else
        wish.hiddenTokens.push_back(token);
    m_model->wishes()->change([&](RunRequest& r) { r.text = wish; });
}

// What could not be read of the text.
void TextPane::retranslate()
{
    const int cut = m_model->input().cut;
    m_cut->setVisible(cut > 0);
    m_cutElsewhere->setVisible(cut > 0);
    m_cut->setText(cutText());
    m_cutElsewhere->setText(m_model->request().text.cutFromBegin ? tr("Cut the end instead")
                                                                 : tr("Cut the beginning instead"));
    const QStringList unknown = unknownWords(m_model->input());
    m_unknown->setVisible(!unknown.isEmpty());
    m_unknown->setText(tr("Not in the model's vocabulary: %1. It reads its mark for unknown words instead.")
                           .arg(unknown.join(QStringLiteral(", "))));
}

QString TextPane::cutText() const
{
    const int longest = m_model->model().text.longest, cut = m_model->input().cut;
    return m_model->request().text.cutFromBegin
               ? tr("The model has positions for %1 tokens: the first %2 were cut.").arg(longest).arg(cut)
               : tr("The model has positions for %1 tokens: the last %2 were cut.").arg(longest).arg(cut);
}

// A picture keeps half of the room, of the other half the words keep most; a text alone has all of it.
void TextPane::limitHeight()
{
    const bool shares = m_model->model().takesPictures && parentWidget() != nullptr;
    const int most = shares ? parentWidget()->height() / 2 : QWIDGETSIZE_MAX;
    m_fields->setMostLines(most / 3 / fontMetrics().lineSpacing());
    setMaximumHeight(shares ? std::max(minimumSizeHint().height(), most) : most);
}

bool TextPane::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize) limitHeight();
    return QWidget::eventFilter(watched, event);
}

bool TextPane::event(QEvent* event)
{
    if (event->type() == QEvent::LayoutRequest) limitHeight(); // what it holds needs less or more at least
    if (event->type() == QEvent::ParentAboutToChange && parentWidget() != nullptr)
        parentWidget()->removeEventFilter(this);
    if (event->type() == QEvent::ParentChange && parentWidget() != nullptr) parentWidget()->installEventFilter(this);
    return QWidget::event(event);
}

void TextPane::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

} // namespace headlens
