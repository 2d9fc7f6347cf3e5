// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/explain/sheet_view.h"

#include "widgets/explain/sheet_bar.h"
#include "widgets/explain/sheet_export.h"
#include "widgets/explain/sheet_grid.h"
#include "widgets/figure/figure_file.h"
#include "widgets/style/tokens.h"
#include "widgets/viewmodel/inspection_model.h"
#include "widgets/viewmodel/method_sheet.h"
#include "widgets/viewmodel/method_text.h"

#include <QEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QSaveFile>
#include <QScrollArea>
#include <QVBoxLayout>

namespace headlens {

SheetView::SheetView(InspectionModel* model, Selection* selection, DisplaySettings* display, QWidget* parent)
    : QWidget(parent), m_model(model), m_sheet(model->sheet()), m_display(display), m_bar(new SheetBar(model)),
      m_scroll(new QScrollArea), m_grid(new SheetGrid(model, selection, display)), m_refused(new QLabel)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_bar);
    layout->addWidget(m_scroll, 1);
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_grid);
    column->addWidget(m_refused);
    column->addStretch(1);
    m_refused->setWordWrap(true);
    m_refused->setMargin(kGap);
    m_refused->setForegroundRole(QPalette::PlaceholderText);
    content->setAutoFillBackground(true);
    content->setBackgroundRole(QPalette::Base);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn); // tiles that grow without it would need it again
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setWidget(content);
    setFocusProxy(m_grid);
    connect(m_grid, &SheetGrid::reached, this, [this](const QRect& tile) {
        m_scroll->ensureVisible(tile.center().x(), tile.center().y(), tile.width() / 2 + kGap,
                                tile.height() / 2 + kGap);
    });
    connect(m_bar, &SheetBar::figureWanted, this, &SheetView::exportFigure);
    connect(m_bar, &SheetBar::numbersWanted, this, &SheetView::exportNumbers);
    connect(m_sheet, &MethodSheet::changed, this, &SheetView::follow);
    follow();
}

void SheetView::follow()
{
    QStringList lines;
    if (m_sheet->isOffered())
        for (const verbs::MethodInfo* one : m_sheet->refused())
            lines << tr("%1: %2.").arg(methodText(one->title), methodText(one->refusal));
    const QString text =
        lines.isEmpty() ? QString() : tr("Not for this model") + QLatin1Char('\n') + lines.join(QLatin1Char('\n'));
    if (m_refused->text() != text) m_refused->setText(text);
    m_refused->setVisible(!lines.isEmpty());
}

void SheetView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    m_sheet->watch(this, true);
}

void SheetView::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    m_sheet->watch(this, false);
}

void SheetView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) follow();
    QWidget::changeEvent(event);
}

void SheetView::exportFigure()
{
    const QString path = QFileDialog::getSaveFileName(this, tr("Export sheet"), QStringLiteral("sheet.pdf"),
                                                      tr("PDF (*.pdf);;SVG (*.svg);;PNG (*.png)"));
    if (path.isEmpty()) return;
    const QString whole = QFileInfo(path).suffix().isEmpty() ? path + QStringLiteral(".pdf") : path;
    const SheetFigure figure = sheetFigure(*m_model, m_display->get());
    if (!writeFigure(whole, figure.spec, figure.data)) tellUnwritten(whole);
}

void SheetView::exportNumbers()
{
    const QString path =
        QFileDialog::getSaveFileName(this, tr("Export numbers"), QStringLiteral("sheet.csv"), tr("Tables (*.csv)"));
    if (path.isEmpty()) return;
    const QByteArray table = sheetTable(*m_model);
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(table) != table.size() || !file.commit()) tellUnwritten(path);
}

void SheetView::tellUnwritten(const QString& path)
{
    m_model->link()->tell(EngineLink::Level::Problem,
                          tr("%1 cannot be written. Choose another folder.").arg(QFileInfo(path).fileName()));
}

} // namespace headlens
