// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/measures/study_export.h"

#include "widgets/measures/heat_matrix.h"
#include "widgets/measures/studies.h"

#include <QAction>
#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMenu>
#include <QSaveFile>

namespace headlens {

StudyExport::StudyExport(Studies* studies, HeatMatrix* matrix, QWidget* owner)
    : QObject(owner), m_studies(studies), m_matrix(matrix), m_owner(owner), m_menu(new QMenu(owner)),
      m_copy(m_menu->addAction(QString())), m_csv(m_menu->addAction(QString())), m_png(m_menu->addAction(QString()))
{
    m_menu->setToolTipsVisible(true);
    connect(m_copy, &QAction::triggered, this, &StudyExport::copy);
    connect(m_csv, &QAction::triggered, this, [this] { ask(QStringLiteral("csv"), QStringLiteral("CSV (*.csv)")); });
    connect(m_png, &QAction::triggered, this, [this] { ask(QStringLiteral("png"), QStringLiteral("PNG (*.png)")); });
}

void StudyExport::follow()
{
    const bool isStale = m_studies->isStale();
    for (QAction* each : {m_copy, m_csv, m_png}) {
        each->setEnabled(!m_matrix->words().isEmpty() && !isStale);
        each->setToolTip(isStale ? tr("Of an earlier input or choice: run it again.") : QString());
    }
}

void StudyExport::ask(const QString& ending, const QString& filter)
{
    const verbs::StudyInfo* one = m_studies->chosen();
    const QString name = one == nullptr ? QStringLiteral("study") : QString::fromStdString(one->method.id);
    QString path = QFileDialog::getSaveFileName(m_owner, tr("Export"), name + QLatin1Char('.') + ending, filter);
    if (path.isEmpty()) return;
    if (QFileInfo(path).suffix().isEmpty()) path += QLatin1Char('.') + ending;
    write(path);
}

void StudyExport::write(const QString& file)
{
    if (m_studies->isStale()) { // it became so while the name was chosen
        Q_EMIT told(tr("Nothing was written: this is of an earlier input or choice. Run the study again."));
        return;
    }
    bool isWritten = false;
    if (QFileInfo(file).suffix().toLower() == QLatin1String("png")) {
        isWritten = m_matrix->save(file);
    } else {
        QSaveFile out(file);
        const QByteArray text = m_matrix->words().table(QLatin1Char(',')).toUtf8();
        isWritten = out.open(QIODevice::WriteOnly) && out.write(text) == text.size() && out.commit();
    }
    Q_EMIT told(isWritten ? tr("Written to %1").arg(file)
                          : tr("%1 could not be written. Choose another folder or free some space.").arg(file));
}

void StudyExport::copy()
{
    QGuiApplication::clipboard()->setText(m_matrix->words().table(QLatin1Char('\t')));
}

void StudyExport::retranslate()
{
    m_menu->setTitle(tr("Export"));
    m_copy->setText(tr("Copy as a table"));
    m_csv->setText(tr("Numbers as CSV\u2026"));
    m_png->setText(tr("Matrix as PNG\u2026"));
    follow();
}

} // namespace headlens
