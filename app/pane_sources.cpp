// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pane_sources.h"

#include "app/app_settings.h"
#include "app/history/sessions.h"
#include "app/opening.h"
#include "widgets/canvas/canvas.h"
#include "widgets/compare/side_by_side.h"
#include "widgets/viewmodel/model_finder.h"

#include <QCoreApplication>
#include <QFileDialog>
#include <QMenu>

namespace headlens {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(PaneSources)
};

OpenMenuParts choosing(OpenMenuParts parts, const ChoosePath& choose)
{
    parts.choose = [choose](const QString& path) {
        if (!path.isEmpty()) choose(path);
    };
    return parts;
}

void addModels(QWidget* window, QMenu* menu, const OpenMenuParts& open)
{
    menu->addSeparator();
    addRecentLines(menu, open, QStringLiteral("models"));
    menu->addSeparator();
    addEmbeddedLines(menu->addMenu(Words::tr("Models that come along")), open);
    open.finder->find(open.settings->modelFolders());
    QMenu* found = menu->addMenu(Words::tr("On this computer"));
    found->setToolTipsVisible(true);
    QObject::connect(found, &QMenu::aboutToShow, found, [found, open] { // by then it may have found them
        found->clear();
        addFoundLines(found, open);
    });
    addFoundLines(found, open);
    menu->addSeparator();
    menu->addAction(Words::tr("Open a model file…"), window, [window, choose = open.choose] {
        choose(QFileDialog::getOpenFileName(window, Words::tr("Open a model file"), {}, modelFilter()));
    });
    menu->addAction(Words::tr("Open a model folder…"), window, [window, choose = open.choose] {
        choose(QFileDialog::getExistingDirectory(window, Words::tr("Open a model folder")));
    });
}

void addPictures(QWidget* window, QMenu* menu, const OpenMenuParts& open)
{
    menu->addSeparator();
    addRecentLines(menu, open, QStringLiteral("pictures"));
    menu->addSeparator();
    addPictureLines(menu->addMenu(Words::tr("Pictures that come along")), open);
    menu->addAction(Words::tr("Open a picture…"), window, [window, choose = open.choose] {
        choose(QFileDialog::getOpenFileName(window, Words::tr("Open a picture"), {}, pictureFilter()));
    });
}

} // namespace

void joinPanes(const PaneParts& parts)
{
    SideBySide* panes = parts.panes;
    panes->setMainCanvas(parts.canvas);
    panes->setSources({[window = parts.window, open = parts.open](QMenu* menu, const ChoosePath& choose) {
                           addModels(window, menu, choosing(open, choose));
                       },
                       [window = parts.window, open = parts.open](QMenu* menu, const ChoosePath& choose) {
                           addPictures(window, menu, choosing(open, choose));
                       }});
    Sessions* sessions = parts.sessions;
    QObject::connect(panes, &SideBySide::wishesChanged, sessions,
                     [sessions, panes] { sessions->keepPanes(panes->wishes()); });
    QObject::connect(sessions, &Sessions::panesRead, panes, &SideBySide::setWishes);
}

} // namespace headlens
