// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/swin/windows_panel.h"

#include "widgets/swin/bias_view.h"
#include "widgets/swin/mask_view.h"
#include "widgets/swin/shift_view.h"
#include "widgets/swin/stage_table.h"

#include <QEvent>

namespace headlens {

WindowsPanel::WindowsPanel(InspectionModel* model, Selection* selection, DisplaySettings* display, QWidget* parent)
    : QTabWidget(parent), m_shift(new ShiftView(model, selection, display))
{
    setDocumentMode(true);
    addTab(m_shift, {});
    addTab(new MaskView(model, selection), {});
    addTab(new BiasView(model, selection, display), {});
    addTab(new StageTable(model, selection), {});
    retranslate();
}

void WindowsPanel::retranslate()
{
    setAccessibleName(tr("Windows, masks, biases and stages"));
    const QStringList titles{tr("Shift"), tr("Mask"), tr("Bias"), tr("Stages")};
    for (int i = 0; i < titles.size(); ++i) setTabText(i, titles[i]);
}

void WindowsPanel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) retranslate();
    QTabWidget::changeEvent(event);
}

} // namespace headlens
