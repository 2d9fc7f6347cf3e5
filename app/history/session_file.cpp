// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/session_file.h"

#include "core/base/error.h"
#include "core/wire/safe_json.h"
#include "widgets/figure/figure_json.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

namespace headlens {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(SessionFile)
};

constexpr JsonLimits kLimits{32U << 20, 12};    // a state is five deep
constexpr qsizetype kLargestPicture = 16 << 20; // that lies in no file; a third more as base64

// "./cat.jpg": a name without a slash is that of an embedded model or of a picture without a file.
QString relativeTo(const QString& folder, const QString& path)
{
    if (folder.isEmpty() || !QFileInfo(path).isAbsolute()) return path;
    const QString relative = QDir(folder).relativeFilePath(path);
    const bool below = !relative.startsWith(QLatin1String("..")) && !QFileInfo(relative).isAbsolute();
    return below ? QStringLiteral("./") + relative : path;
}

QString absoluteFrom(const QString& folder, const QString& path)
{
    return path.startsWith(QLatin1String("./")) ? QDir::cleanPath(QDir(folder).absoluteFilePath(path)) : path;
}

WorkState withPaths(WorkState state, const QString& folder, QString (*through)(const QString&, const QString&))
{
    for (QString* path : {&state.model.path, &state.input.picture, &state.input.film}) *path = through(folder, *path);
    return state;
}

QList<PaneWish> withPaths(QList<PaneWish> panes, const QString& folder,
                          QString (*through)(const QString&, const QString&))
{
    for (PaneWish& pane : panes)
        for (QString* path : {&pane.model, &pane.picture}) *path = through(folder, *path);
    return panes;
}

ReadSession damaged(const QString& path, const QString& why)
{
    return {.problem = Words::tr("%1 is no session that can be read: %2.").arg(QFileInfo(path).fileName(), why),
            .isDamaged = true};
}

// Whether it is one of ours, and not of a later time.
QString refusalOf(const Json& json)
{
    const auto format = json.find("headlens");
    if (format == json.end() || !format->is_number_integer()) return Words::tr("it was not written by HeadLens");
    const double version = format->get<double>();
    if (version > kSessionFormat) return Words::tr("it was written by a newer HeadLens");
    return version == kSessionFormat ? QString() : Words::tr("it was not written by HeadLens");
}

} // namespace

ReadSession readSession(const QString& path)
{
    QFile file(path);
    const QString name = QFileInfo(path).fileName();
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly)) // a FIFO or device would hang the window
        return {.problem = Words::tr("%1 could not be opened. Choose another session.").arg(name)};
    if (file.size() > qint64(kLimits.bytes)) return damaged(path, Words::tr("it is too large"));
    const QByteArray bytes = file.readAll();
    try {
        const Json json = parseJsonObject({bytes.constData(), std::size_t(bytes.size())}, name.toStdString(), kLimits);
        if (const QString refusal = refusalOf(json); !refusal.isEmpty()) return damaged(path, refusal);
        const QString folder = QFileInfo(path).absolutePath();
        ReadSession read;
        read.state = withPaths(workStateFrom(json, name.toStdString()), folder, absoluteFrom);
        if (const auto figure = json.find("figure"); figure != json.end())
            read.figure = absoluteFrom(folder, figureSpecFrom(*figure));
        if (const auto panes = json.find("panes"); panes != json.end())
            read.panes = withPaths(paneWishesFrom(*panes, name.toStdString()), folder, absoluteFrom);
        return read;
    } catch (const Error& problem) {
        return damaged(path, QString::fromStdString(problem.why()));
    } catch (const Json::exception&) { // a number that fits no type
        return damaged(path, Words::tr("it is damaged"));
    }
}

QByteArray sessionBytes(const WorkState& state, const QString& folder, const std::optional<FigureSpec>& figure,
                        const QList<PaneWish>& panes)
{
    if (state.input.bytes.size() > kLargestPicture) return {};
    Json json = toJson(withPaths(state, folder, relativeTo));
    json["headlens"] = kSessionFormat;
    json["version"] = HEADLENS_VERSION;
    if (figure) json["figure"] = toJson(relativeTo(folder, *figure));
    for (const PaneWish& pane : withPaths(panes, folder, relativeTo)) json["panes"].push_back(toJson(pane));
    return QByteArray::fromStdString(json.dump(2, ' ', false, Json::error_handler_t::replace)) + '\n';
}

bool writeSession(const QString& path, const QByteArray& bytes)
{
    QSaveFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit();
}

bool keepAsBad(const QString& path, Keep how)
{
    const QString bad = path + QStringLiteral(".bad");
    QFile::remove(bad); // of another day
    return how == Keep::Copy ? QFile::copy(path, bad) : QFile::rename(path, bad);
}

} // namespace headlens
