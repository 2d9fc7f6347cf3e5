// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/open_menus.h"

#include "app/action_names.h"
#include "app/app_settings.h"
#include "app/found_words.h"
#include "app/model_words.h"
#include "app/openings.h"
#include "app/start_actions.h"
#include "app/start_recents.h"
#include "core/base/resources.h"
#include "widgets/viewmodel/inspection_model.h"
#include "widgets/viewmodel/model_finder.h"

#include <QAction>
#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QMenu>

#include <functional>

namespace headlens {
namespace {

void addNothing(QMenu* menu, const char* text)
{
    menu->addAction(QCoreApplication::translate("OpenMenus", text))->setEnabled(false);
}

// What a line does: what somebody wishes to do with the path, else `open`.
std::function<void()> choosing(const OpenMenuParts& parts, const QString& path, void (*open)(Openings&, const QString&))
{
    if (parts.choose) return [choose = parts.choose, path] { choose(path); };
    return [openings = parts.openings, path, open] { open(*openings, path); };
}

void openAsModel(Openings& openings, const QString& path)
{
    openings.openModel(path);
}

} // namespace

// What lies in the program itself was opened by nobody, and its path means nothing to anybody.
QStringList recentPaths(const AppSettings& settings, const QString& kind)
{
    QStringList paths = settings.recent(kind);
    paths.removeIf([](const QString& path) { return path.startsWith(QLatin1Char(':')); });
    return paths;
}

void addRecentLines(QMenu* menu, const OpenMenuParts& parts, const QString& kind)
{
    for (const QString& path : recentPaths(*parts.settings, kind)) {
        const QFileInfo file(path);
        QAction* action =
            menu->addAction(path, parts.openings, choosing(parts, path, [](Openings& openings, const QString& one) {
                                openings.open(openingOf(QStringList{one}));
                            }));
        action->setEnabled(file.exists());
        setThing(action, {path, file.fileName(), file.path(), {}});
    }
}

void addNothingYet(QMenu* menu)
{
    addNothing(menu, QT_TRANSLATE_NOOP("OpenMenus", "Nothing yet"));
}

void addEmbeddedLines(QMenu* menu, const OpenMenuParts& parts)
{
    for (const verbs::EmbeddedModel& model : parts.model->loader()->embeddedModels()) {
        const QString name = QString::fromStdString(model.name);
        QAction* action = menu->addAction(name, parts.openings, choosing(parts, name, openAsModel));
        action->setToolTip(modelWords(model.shows));
        setThing(action,
                 {name,
                  {},
                  modelWords(model.title),
                  {modelWords(model.shows), QString::fromStdString(model.title), QString::fromStdString(model.shows)}});
    }
}

void addFoundLines(QMenu* menu, const OpenMenuParts& parts)
{
    for (const verbs::FoundModel& model : parts.finder->found().models) {
        const QString path = QString::fromStdString(model.path), name = QString::fromStdString(model.name);
        QAction* action = menu->addAction(name, parts.openings, choosing(parts, path, openAsModel));
        action->setEnabled(model.whyNot.text.empty());
        action->setToolTip(model.whyNot.text.empty() ? path : sentenceOf(model.whyNot));
        setThing(action, {path, name, foundText(model.source), {}});
    }
    if (!parts.finder->found().models.empty()) return;
    addNothing(menu, parts.finder->isLooking() ? QT_TRANSLATE_NOOP("OpenMenus", "Still looking…")
                                               : QT_TRANSLATE_NOOP("OpenMenus", "None found"));
}

void addTextLines(QMenu* menu, const OpenMenuParts& parts)
{
    for (const GalleryRecent& recent : parts.recents->all())
        if (recent.kind == GalleryRecent::Kind::Text)
            menu->addAction(recent.name, parts.actions,
                            [actions = parts.actions, recent] { actions->openRecent(recent); });
}

void addPictureLines(QMenu* menu, const OpenMenuParts& parts)
{
    const QDir folder(QString::fromStdString(resourceFolder()) + QStringLiteral("/images"));
    for (const QFileInfo& file : folder.entryInfoList({QStringLiteral("*.jpg"), QStringLiteral("*.png")}, QDir::Files))
        menu->addAction(file.completeBaseName(), parts.openings,
                        choosing(parts, file.filePath(),
                                 [](Openings& openings, const QString& path) { openings.openPictureFile(path); }));
}

} // namespace headlens
