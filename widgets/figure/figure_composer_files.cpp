// SPDX-License-Identifier: GPL-3.0-or-later
// What the composer writes and reads.
#include "core/base/error.h"
#include "core/wire/safe_json.h"
#include "widgets/figure/figure_collector.h"
#include "widgets/figure/figure_composer.h"
#include "widgets/figure/figure_file.h"
#include "widgets/figure/figure_form.h"
#include "widgets/figure/figure_json.h"
#include "widgets/figure/figure_paint.h"

#include <QClipboard>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QSaveFile>

namespace headlens {

void FigureComposer::sayUnwritten(const QString& path)
{
    const QDir folder = QFileInfo(path).absoluteDir();
    if (!folder.exists())
        return say(tr("There is no folder %1. Choose another one.").arg(QDir::toNativeSeparators(folder.path())));
    say(tr("%1 could not be written. Choose another folder or free some space.").arg(path));
}

void FigureComposer::write(const QString& path)
{
    if (!m_form->problems().empty()) return judge();
    if (!isReady()) {
        if (m_collector->isBusy() || m_patience.isActive()) m_path = path; // written by take()
        return;
    }
    if (!figureEndings().contains(QFileInfo(path).suffix().toLower()))
        return say(tr("A figure is written as %1. Give the name one of these endings.")
                       .arg(figureEndings().join(QStringLiteral(", "))));
    if (!writeFigure(path, spec(), m_data)) return sayUnwritten(path);
    sayPassing(tr("Written to %1").arg(path));
    Q_EMIT written(path);
}

void FigureComposer::copy()
{
    if (!isReady()) return say(tr("The panels are still being collected."));
    QGuiApplication::clipboard()->setImage(figureImage(spec(), m_data, spec().sheet.dpi));
    sayPassing(tr("Copied."));
}

void FigureComposer::saveDescription(const QString& path)
{
    const FigureSpec described = relativeTo(QFileInfo(path).absolutePath(), spec());
    constexpr int kIndent = 2;
    const QByteArray bytes = QByteArray::fromStdString(toJson(described).dump(kIndent)) + '\n';
    QSaveFile file(path);
    const bool good = file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit();
    if (!good) return sayUnwritten(path);
    sayPassing(tr("Written to %1").arg(path));
}

void FigureComposer::openDescription(const QString& path)
{
    try {
        set(figureSpecOfFile(path));
    } catch (const Error& error) {
        sayPassing(QString::fromUtf8(error.what()));
    }
}

void FigureComposer::chooseFile()
{
    QStringList filters;
    for (const QString& ending : figureEndings()) filters << QStringLiteral("%1 (*.%2)").arg(ending.toUpper(), ending);
    QString filter = filters.first();
    QString path = QFileDialog::getSaveFileName(this, tr("Export figure"), QStringLiteral("figure.pdf"),
                                                filters.join(QStringLiteral(";;")), &filter);
    if (path.isEmpty()) return;
    const qsizetype chosen = std::max<qsizetype>(0, filters.indexOf(filter));
    if (QFileInfo(path).suffix().isEmpty()) path += QLatin1Char('.') + figureEndings().value(chosen);
    write(path);
}

void FigureComposer::chooseDescription()
{
    const QString path = QFileDialog::getSaveFileName(this, tr("Save the description of the figure"),
                                                      QStringLiteral("figure.json"), QStringLiteral("JSON (*.json)"));
    if (!path.isEmpty()) saveDescription(path);
}

void FigureComposer::chooseOpening()
{
    const QString path =
        QFileDialog::getOpenFileName(this, tr("Open the description of a figure"), {},
                                     tr("Descriptions and figures (%1)").arg("*.json *.pdf *.svg *.png"));
    if (!path.isEmpty()) openDescription(path);
}

} // namespace headlens
