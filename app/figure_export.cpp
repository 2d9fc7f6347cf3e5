// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/figure_export.h"

#include "widgets/common/message_bar.h"
#include "widgets/viewmodel/asking.h"
#include "widgets/viewmodel/comparison.h"
#include "widgets/viewmodel/display_settings.h"
#include "widgets/viewmodel/inspection_model.h"
#include "widgets/viewmodel/method_map.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QHash>
#include <QSaveFile>

namespace headlens {

FigureExport::FigureExport(InspectionModel* inspection, Selection* selection, DisplaySettings* display,
                           MessageBar* messages, QWidget* parent)
    : QObject(parent), m_inspection(inspection), m_selection(selection), m_heads(selection->heads()),
      m_tokens(selection->tokens()), m_display(display), m_messages(messages), m_window(parent)
{
}

QString FigureExport::shownKind() const
{
    return m_selection->showsRow() ? QStringLiteral("map") : m_selection->map();
}

QStringList FigureExport::formatsOf(const QString& what) const
{
    static const QStringList kNumbers{"csv", "npy"};
    static const QHash<QString, QStringList> kFew{
        {"pca", {"png"}}, {"reconstruction", {"png"}}, {"row", kNumbers}, {"matrix", kNumbers}};
    const bool looks = m_inspection->model().takesPictures;
    if (!looks) return what == "row" || what == "matrix" || what == "grid" ? kNumbers : QStringList();
    if (what == "reconstruction" && m_inspection->model().maskRatio <= 0) return {};
    return kFew.value(what, {"png", "svg", "csv", "npy"});
}

bool FigureExport::has(const QString& what)
{
    if (!m_inspection->hasInput())
        m_messages->say(MessageBar::Kind::Warning, tr("Open a picture first."));
    else if (!formatsOf(what).isEmpty())
        return true;
    else if (m_inspection->model().takesPictures)
        m_messages->say(MessageBar::Kind::Warning, tr("This model has no figure of this kind."));
    else
        m_messages->say(
            MessageBar::Kind::Warning,
            tr("A text has no map over a picture. Export its row, its matrix or its head grid as numbers."));
    return false;
}

verbs::Export FigureExport::request() const
{
    const Display& d = m_display->get();
    verbs::Export request;
    request.layer = m_heads->layer();
    request.head = m_heads->head();
    request.token = m_tokens->query().token;
    request.fusion = std::string(nameOf(m_heads->fusion()));
    request.reverse = m_tokens->reverse();
    request.colormap = d.colors().toStdString();
    request.opacity = d.opacity;
    request.logarithmic = d.logarithmic;
    request.smooth = d.smooth;
    request.scale = d.scope == ScaleScope::Map ? "map" : d.scope == ScaleScope::Layer ? "layer" : "global";
    request.keepMass = d.maskByMass ? d.keepMass : 1.0;
    request.recipe = d.sharpComponents ? "v3" : "v2";
    request.score = m_inspection->map()->score();
    request.settings = m_inspection->map()->settings(m_selection->map());
    return request;
}

void FigureExport::choose(const QString& what)
{
    if (!has(what)) return;
    static const QHash<QString, QString> kNames{
        {"png", "PNG (*.png)"}, {"svg", "SVG (*.svg)"}, {"csv", "CSV (*.csv)"}, {"npy", "NumPy (*.npy)"}};
    const QStringList formats = formatsOf(what);
    QStringList filters;
    for (const QString& format : formats) filters << kNames.value(format);
    QString filter = filters.first();
    QString path = QFileDialog::getSaveFileName(m_window, tr("Export"), what + QLatin1Char('.') + formats.first(),
                                                filters.join(QLatin1String(";;")), &filter);
    if (path.isEmpty()) return;
    if (QFileInfo(path).suffix().isEmpty()) path += QLatin1Char('.') + formats.value(filters.indexOf(filter));
    write(what, path);
}

void FigureExport::write(const QString& what, QString path)
{
    if (!has(what)) return;
    const QStringList formats = formatsOf(what);
    if (QFileInfo(path).suffix().isEmpty()) path += QLatin1Char('.') + formats.first();
    verbs::Export asked = request();
    asked.what = what.toStdString();
    asked.format = QFileInfo(path).suffix().toLower().toStdString();
    if (!formats.contains(QString::fromStdString(asked.format)))
        return m_messages->say(MessageBar::Kind::Warning,
                               tr("%1 cannot be written in this format. Give the name one of these endings: %2.")
                                   .arg(QFileInfo(path).fileName(), formats.join(QLatin1String(", "))));
    const QString written = m_inspection->comparison()->isOn()
                                ? tr("Written to %1: this run itself, not its difference to the baseline.").arg(path)
                                : tr("Written to %1").arg(path);
    const auto write = [this, path, written](const verbs::ExportedFile& found) {
        const QByteArray bytes(reinterpret_cast<const char*>(found.bytes.data()), qsizetype(found.bytes.size()));
        QSaveFile file(path);
        if (file.open(QIODevice::WriteOnly) && !bytes.isEmpty() && file.write(bytes) == bytes.size() && file.commit())
            m_messages->say(MessageBar::Kind::Info, written);
        else
            m_messages->say(MessageBar::Kind::Problem,
                            tr("%1 could not be written. Choose another folder or free some space.").arg(path));
    };
    headlens::ask(m_inspection, verbs::kExport, asked, this, write,
                  {.about = Asking::About::Nothing, .tag = QString()});
}

} // namespace headlens
