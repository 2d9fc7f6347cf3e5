// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/text/text_chips.h"

#include "widgets/style/look.h"
#include "widgets/text/token_values.h"
#include "widgets/viewmodel/method_map.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QToolButton>

#include <algorithm>
#include <cmath>

namespace headlens {

TextChips::TextChips(InspectionModel* model, Selection* selection, DisplaySettings* display, QWidget* parent)
    : QWidget(parent), m_model(model), m_selection(selection), m_display(display), m_sinks(new QToolButton),
      m_blanks(new QToolButton), m_ids(new QToolButton)
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addStretch(1);
    for (QToolButton* chip : {m_sinks, m_blanks, m_ids}) {
        chip->setCheckable(true);
        setLook(chip, Look::Chip);
        layout->addWidget(chip);
    }
    connect(m_sinks, &QToolButton::toggled, this,
            [this](bool out) { m_display->change([out](Display& d) { d.withoutSinks = out; }); });
    connect(m_display, &DisplaySettings::changed, this, &TextChips::tellShare);
    connect(model->rows(), &LiveRows::changed, this, &TextChips::tellShare);
    connect(model->map(), &MethodMap::changed, this, &TextChips::tellShare);
    connect(model, &InspectionModel::inputChanged, this, &TextChips::tellShare);
    connect(selection, &Selection::mapChanged, this, &TextChips::tellShare);
    retranslate();
}

// How much of the row that is shown they take.
void TextChips::tellShare()
{
    const QSignalBlocker quiet(m_sinks);
    m_sinks->setChecked(m_display->get().withoutSinks);
    const auto& streams = m_model->input().streams;
    bool any = false;
    for (int stream = 0; stream < int(streams.size()); ++stream)
        any = any || !sinksOf(m_model->input(), stream).empty();
    m_sinks->setVisible(any);
    if (!any) return;
    const auto share = shareOfSinks(*m_model, *m_selection);
    m_sinks->setText(share ? tr("sinks out of the scale (%1 %)").arg(std::lround(100 * *share))
                           : tr("sinks out of the scale"));
}

void TextChips::retranslate()
{
    m_ids->setText(tr("ids"));
    m_ids->setToolTip(tr("Show the number of each token below it"));
    m_blanks->setText(tr("spaces"));
    m_blanks->setToolTip(tr("Show blanks and line breaks inside of tokens as signs"));
    m_sinks->setToolTip(tr("The first token and separators take what a query has no use for; the colours then show the "
                           "other tokens"));
    // As wide as its longest text: a share that changes under the mouse moves nothing.
    m_sinks->setText(tr("sinks out of the scale (%1 %)").arg(100));
    m_sinks->setMaximumSize(QWIDGETSIZE_MAX, QWIDGETSIZE_MAX);
    m_sinks->setMinimumSize(0, 0);
    m_sinks->ensurePolished();
    m_sinks->setFixedSize(m_sinks->sizeHint());
    tellShare();
}

void TextChips::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    switch (event->type()) {
    case QEvent::LanguageChange:
    case QEvent::FontChange:
    case QEvent::StyleChange: return retranslate();
    default: return;
    }
}

} // namespace headlens
