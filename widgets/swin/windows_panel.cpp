// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/swin/windows_panel.h"

#include "widgets/style/tokens.h"
#include "widgets/swin/bias_view.h"
#include "widgets/swin/mask_view.h"
#include "widgets/swin/shift_view.h"
#include "widgets/swin/stage_table.h"

#include <QEvent>
#include <QLabel>
#include <QVBoxLayout>

namespace headlens {
namespace {

QWidget* below(QLabel* words, QWidget* page)
{
    auto* whole = new QWidget;
    auto* layout = new QVBoxLayout(whole);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kTight);
    words->setWordWrap(true);
    words->setContentsMargins(kGap, kGap, kGap, 0);
    layout->addWidget(words);
    layout->addWidget(page, 1);
    return whole;
}

} // namespace

WindowsPanel::WindowsPanel(InspectionModel* model, Selection* selection, DisplaySettings* display, QWidget* parent)
    : QTabWidget(parent), m_shift(new ShiftView(model, selection, display))
{
    setDocumentMode(true);
    addTab(below(m_words[0] = new QLabel, m_shift), {});
    addTab(new MaskView(model, selection), {});
    addTab(new BiasView(model, selection, display), {});
    addTab(below(m_words[1] = new QLabel, new StageTable(model, selection)), {});
    retranslate();
}

void WindowsPanel::retranslate()
{
    setAccessibleName(tr("Windows, masks, biases and stages"));
    for (QLabel* words : m_words)
        words->setText(tr("A patch looks only at patches of its own window; every second layer shifts the windows, so "
                          "that neighbours meet."));
    const QStringList titles{tr("Shift"), tr("Mask"), tr("Bias"), tr("Stages")};
    for (int i = 0; i < titles.size(); ++i) setTabText(i, titles[i]);
}

void WindowsPanel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) retranslate();
    QTabWidget::changeEvent(event);
}

} // namespace headlens
