// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/text/text_caption.h"

#include "widgets/canvas/canvas_caption.h"
#include "widgets/style/tokens.h"
#include "widgets/text/token_pieces.h"
#include "widgets/viewmodel/inspection_model.h"
#include "widgets/viewmodel/live_rows.h"
#include "widgets/viewmodel/method_map.h"
#include "widgets/viewmodel/shown_heads.h"

#include <QEvent>

namespace headlens {
namespace {

// Without the marks of the vocabulary; where there is no such word, its number.
QString wordAt(const verbs::InputInfo& input, int stream, int token)
{
    if (stream < 0 || std::size_t(stream) >= input.streams.size()) return {};
    const std::vector<TokenPiece> pieces = piecesOf(input.streams[std::size_t(stream)], false);
    return token >= 0 && std::size_t(token) < pieces.size() ? pieces[std::size_t(token)].text : QString::number(token);
}

} // namespace

TextCaption::TextCaption(InspectionModel* model, Selection* selection, QWidget* parent)
    : QLabel(parent), m_model(model), m_selection(selection)
{
    setWordWrap(true);
    setTextFormat(Qt::PlainText);
    constexpr int kAbove = kTight;
    setContentsMargins(kGap, kAbove, kGap, kGap);
    connect(model->rows(), &LiveRows::changed, this, &TextCaption::tell);
    connect(model, &InspectionModel::inputChanged, this, &TextCaption::tell);
    connect(model->map(), &MethodMap::changed, this, &TextCaption::tell);
    connect(selection, &Selection::mapChanged, this, &TextCaption::tell);
    connect(selection->heads(), &HeadChoice::changed, this, &TextCaption::tell);
    tell();
}

void TextCaption::setWanted(bool wanted)
{
    m_isWanted = wanted;
    tell();
}

void TextCaption::tell()
{
    const bool alone = m_model->hasInput() && !m_model->model().takesPictures;
    const bool isThere = m_isWanted && alone && !m_model->rows()->layers().empty();
    setVisible(isThere);
    if (!isThere) return;
    if (!m_selection->showsRow()) return setText(mapCaptionOf(*m_model));
    const verbs::Rows& rows = m_model->rows()->of();
    setText((rows.reverse ? tr("Layer %1, %2: what looks at “%3”") : tr("Layer %1, %2: what “%3” looks at"))
                .arg(m_selection->heads()->layer())
                .arg(shownHeads(*m_selection->heads()), wordAt(m_model->input(), rows.stream, rows.token)));
}

void TextCaption::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) tell();
    QLabel::changeEvent(event);
}

} // namespace headlens
