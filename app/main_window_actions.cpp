// SPDX-License-Identifier: GPL-3.0-or-later
// Menus and what they do. Every action is one line of a table; its text is translated again when the language changes.
#include "app/main_window.h"

#include "app/dock_offers.h"
#include "app/figure_export.h"
#include "app/presenter.h"
#include "app/screen_fit.h"
#include "app/view_docks.h"
#include "widgets/canvas/canvas.h"
#include "widgets/common/message_bar.h"
#include "widgets/lessons/lesson_player.h"
#include "widgets/viewmodel/asking.h"
#include "widgets/viewmodel/film_player.h"

#include <QActionGroup>
#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QInputDialog>
#include <QMenuBar>

namespace headlens {

QAction* MainWindow::add(QMenu* menu, const Command& command)
{
    auto* action = menu->addAction(QString());
    action->setShortcut(command.key);
    connect(action, &QAction::triggered, this, command.run);
    addAction(action); // the key works while the menu bar is hidden
    m_actionTexts.append({action, command.text});
    return action;
}

void MainWindow::buildMenus()
{
    const auto menu = [this](const char* text, QMenu* parent = nullptr) {
        QMenu* made = parent != nullptr ? parent->addMenu(QString()) : menuBar()->addMenu(QString());
        m_menuTexts.append({made, text});
        return made;
    };
    QMenu* file = menu(QT_TR_NOOP("&File"));
    add(file, {QT_TR_NOOP("Open &pictures…"), QKeySequence::Open, [this] { choosePictures(); }});
    add(file, {QT_TR_NOOP("Open &model folder…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O),
               [this] { chooseModel(true); }});
    add(file, {QT_TR_NOOP("Open model fi&le…"), {}, [this] { chooseModel(false); }});
    QMenu* embedded = menu(QT_TR_NOOP("&Embedded models"), file);
    connect(embedded, &QMenu::aboutToShow, this, [this, embedded] { fillEmbedded(embedded); });
    add(file, {QT_TR_NOOP("&Set what the model file cannot say…"), {}, [this] { changeSettings(); }});
    add(file, {QT_TR_NOOP("Con&vert to safetensors…"), {}, [this] { convert(); }});
    QMenu* pictures = menu(QT_TR_NOOP("&Recent pictures"), file);
    connect(pictures, &QMenu::aboutToShow, this,
            [this, pictures] { fillRecent(pictures, QStringLiteral("pictures")); });
    QMenu* models = menu(QT_TR_NOOP("Recent m&odels"), file);
    connect(models, &QMenu::aboutToShow, this, [this, models] { fillRecent(models, QStringLiteral("models")); });
    add(file, {QT_TR_NOOP("P&aste"), QKeySequence::Paste, [this] { paste(); }});
    QMenu* exports = menu(QT_TR_NOOP("E&xport"), file);
    add(exports, {QT_TR_NOOP("Current &map…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_E),
                  [this] { m_figures->choose(m_figures->shownKind()); }});
    add(exports, {QT_TR_NOOP("Head &grid…"), {}, [this] { m_figures->choose(QStringLiteral("grid")); }});
    add(exports, {QT_TR_NOOP("Current &row…"), {}, [this] { m_figures->choose(QStringLiteral("row")); }});
    add(exports, {QT_TR_NOOP("Whole matri&x…"), {}, [this] { m_figures->choose(QStringLiteral("matrix")); }});
    add(exports,
        {QT_TR_NOOP("&Bias of relative positions…"), {}, [this] { m_figures->choose(QStringLiteral("bias")); }});
    add(exports, {QT_TR_NOOP("&Principal components…"), {}, [this] { m_figures->choose(QStringLiteral("pca")); }});
    add(exports, {QT_TR_NOOP("Re&construction…"), {}, [this] { m_figures->choose(QStringLiteral("reconstruction")); }});
    add(file, {QT_TR_NOOP("&Quit"), QKeySequence::Quit, [this] { close(); }});

    QMenu* look = menu(QT_TR_NOOP("&Look"));
    add(look, {QT_TR_NOOP("Next layer"), QKeySequence(Qt::Key_BracketRight),
               [this] { m_selection->setLayer(m_selection->layer() + 1); }});
    add(look, {QT_TR_NOOP("Previous layer"), QKeySequence(Qt::Key_BracketLeft),
               [this] { m_selection->setLayer(m_selection->layer() - 1); }});
    add(look, {QT_TR_NOOP("Next head"), QKeySequence(Qt::Key_Period),
               [this] { m_selection->setHead(m_selection->head() + 1); }});
    add(look, {QT_TR_NOOP("Previous head"), QKeySequence(Qt::Key_Comma),
               [this] { m_selection->setHead(m_selection->head() - 1); }});
    m_play = add(look, {QT_TR_NOOP("Play through the layers"), QKeySequence(Qt::Key_Space),
                        [this] { play(m_play->isChecked()); }});
    m_play->setCheckable(true);
    add(look, {QT_TR_NOOP("Swap direction"), QKeySequence(Qt::Key_R),
               [this] { m_selection->setReverse(!m_selection->reverse()); }});
    add(look, {QT_TR_NOOP("&DINO view: class token, all heads"), QKeySequence(Qt::Key_D), [this] { showDino(); }});
    add(look, {QT_TR_NOOP("Let go of the pin"), QKeySequence(Qt::Key_Escape), [this] { m_selection->unpin(); }});
    add(look, {QT_TR_NOOP("&Hold this run to compare"), QKeySequence(Qt::Key_H), [this] { m_inspection->holdRun(); }});
    add(look, {QT_TR_NOOP("Release the held run"), QKeySequence(Qt::SHIFT | Qt::Key_H),
               [this] { m_inspection->releaseRun(); }});
    buildFilmMenu();
    buildLessonMenu();
    buildViewMenu();
    buildSettingsMenu();
}

void MainWindow::buildFilmMenu()
{
    QMenu* film = menuBar()->addMenu(QString());
    m_menuTexts.append({film, QT_TR_NOOP("Fil&m")});
    add(film, {QT_TR_NOOP("&Open a film…"), {}, [this] { chooseFilm(); }});
    add(film, {QT_TR_NOOP("&Camera"), {}, [this] { m_player->open(QStringLiteral("camera:0")); }});
    add(film, {QT_TR_NOOP("&Play or pause"), QKeySequence(Qt::Key_P),
               [this] { m_player->setPlaying(!m_player->isPlaying()); }});
    add(film, {QT_TR_NOOP("One frame &back"), QKeySequence(Qt::ALT | Qt::Key_Left), [this] { m_player->step(-1); }});
    add(film, {QT_TR_NOOP("One frame &forward"), QKeySequence(Qt::ALT | Qt::Key_Right), [this] { m_player->step(1); }});
    add(film, {QT_TR_NOOP("&Export with the current map…"), {}, [this] { exportFilm(); }});
    add(film, {QT_TR_NOOP("C&lose the film"), {}, [this] { m_player->close(); }});
}

void MainWindow::buildViewMenu()
{
    QMenu* view = menuBar()->addMenu(QString());
    m_menuTexts.append({view, QT_TR_NOOP("&View")});
    add(view, {QT_TR_NOOP("Zoom &in"), QKeySequence::ZoomIn, [this] { m_canvas->zoomBy(1.25); }});
    add(view, {QT_TR_NOOP("Zoom &out"), QKeySequence::ZoomOut, [this] { m_canvas->zoomBy(0.8); }});
    add(view, {QT_TR_NOOP("&Fit to window"), QKeySequence(Qt::CTRL | Qt::Key_0), [this] { m_canvas->fitToWindow(); }});
    // Bare plus and minus as well, as picture viewers have it.
    for (const auto& [key, factor] :
         {std::pair(Qt::Key_Plus, 1.25), std::pair(Qt::Key_Equal, 1.25), std::pair(Qt::Key_Minus, 0.8)}) {
        auto* bare = new QAction(this);
        bare->setShortcut(key);
        connect(bare, &QAction::triggered, this, [this, by = factor] { m_canvas->zoomBy(by); });
        addAction(bare);
    }
    view->addSeparator();
    add(view, {QT_TR_NOOP("&Start page"), {}, [this] { showStartPage(); }})
        ->setShortcuts({QKeySequence(Qt::CTRL | Qt::Key_Home), QKeySequence(Qt::Key_HomePage)});
    add(view, {QT_TR_NOOP("&Presenter mode"), QKeySequence(Qt::Key_F5), [this] { present(!m_presenter->isOn()); }});
    view->addSeparator();
    view->addActions(m_docks->toggles());
    add(view, {QT_TR_NOOP("&Reset layout"), {}, [this] {
                   present(false);
                   leaveStartPage();
                   restoreState(m_defaultLayout, kLayoutVersion);
                   m_offers->beginAgain();
                   m_fit->settle();
               }});
}

void MainWindow::buildSettingsMenu()
{
    QMenu* settings = menuBar()->addMenu(QString());
    m_menuTexts.append({settings, QT_TR_NOOP("&Settings")});
    const auto submenu = [this, settings](const char* text) {
        QMenu* made = settings->addMenu(QString());
        m_menuTexts.append({made, text});
        return made;
    };
    buildChoice(submenu(QT_TR_NOOP("&Device")),
                {{"auto", QT_TR_NOOP("Automatic")}, {"cpu", QT_TR_NOOP("CPU")}, {"cuda", QT_TR_NOOP("CUDA")}},
                m_settings->device(), [this](const QString& device) {
                    m_settings->setDevice(device);
                    m_inspection->setDevice(device);
                });
    buildChoice(submenu(QT_TR_NOOP("&Precision")),
                {{"float32", QT_TR_NOOP("float32")},
                 {"bfloat16", QT_TR_NOOP("bfloat16: faster, less exact")},
                 {"int8", QT_TR_NOOP("int8: fastest, least exact, CPU only")},
                 {"float16", QT_TR_NOOP("float16: faster, less exact, GPU only")}},
                m_settings->precision(), [this](const QString& precision) {
                    m_settings->setPrecision(precision);
                    m_inspection->setPrecision(precision);
                });
    buildChoice(
        submenu(QT_TR_NOOP("&Theme")),
        {{"system", QT_TR_NOOP("As the desktop")}, {"light", QT_TR_NOOP("Light")}, {"dark", QT_TR_NOOP("Dark")}},
        m_settings->theme(), [this](const QString& theme) {
            m_settings->setTheme(theme);
            m_theme.apply(theme);
        });
    buildChoice(submenu(QT_TR_NOOP("&Language")),
                {{"system", QT_TR_NOOP("As the system")}, {"en", "English"}, {"zh_CN", "简体中文"}},
                m_settings->language(), [this](const QString& language) {
                    m_settings->setLanguage(language);
                    m_language.apply(language);
                });
    add(settings, {QT_TR_NOOP("&Start the engine again"), {}, [this] { m_engine->restart(); }});
    add(settings, {QT_TR_NOOP("&Engine command…"), {}, [this] {
                       bool accepted = false;
                       const QString command = QInputDialog::getText(
                           this, tr("Engine command"),
                           tr("The program that computes, for example:\nssh gpubox headlens-cli serve\nEmpty: the one "
                              "beside HeadLens. Takes effect at the next start."),
                           QLineEdit::Normal, m_settings->engineCommand(), &accepted);
                       if (accepted) m_settings->setEngineCommand(command.trimmed());
                   }});
}

void MainWindow::buildChoice(QMenu* menu, const QList<QPair<QString, const char*>>& choices, const QString& current,
                             const std::function<void(QString)>& chosen)
{
    auto* group = new QActionGroup(this);
    for (const auto& [value, text] : choices) {
        QAction* action = add(menu, {text, {}, [chosen, value = value] { chosen(value); }});
        action->setCheckable(true);
        action->setChecked(value == current);
        group->addAction(action);
    }
}

// Those that come along, and those the person installed.
void MainWindow::fillEmbedded(QMenu* menu)
{
    menu->clear();
    for (const verbs::EmbeddedModel& model : m_inspection->embeddedModels()) {
        const QString name = QString::fromStdString(model.name);
        connect(menu->addAction(name), &QAction::triggered, this, [this, name] { openModel(name); });
    }
}

void MainWindow::fillRecent(QMenu* menu, const QString& kind)
{
    menu->clear();
    for (const QString& path : m_settings->recent(kind)) {
        QAction* action = menu->addAction(path, this, [this, path] { open(openingOf(QStringList{path})); });
        action->setEnabled(QFileInfo::exists(path)); // vanished ones stay readable, greyed
    }
    if (menu->isEmpty()) menu->addAction(tr("Nothing yet"))->setEnabled(false);
    menu->addSeparator();
    menu->addAction(tr("Forget these"), this, [this, kind] { m_settings->forgetRecent(kind); });
}

void MainWindow::retranslate()
{
    for (const auto& [action, text] : m_actionTexts) action->setText(tr(text));
    for (const auto& [menu, text] : m_menuTexts) menu->setTitle(tr(text));
    m_docks->retranslate();
    m_lessons->setLanguage(QString::fromStdString(lessonLanguage()));
    nameWindow();
    if (m_start != nullptr) fillStartPage(); // titles of lessons
}

void MainWindow::choosePictures()
{
    const QStringList paths = QFileDialog::getOpenFileNames(
        this, tr("Open pictures"), {}, pictureFilter() + QStringLiteral(";;") + tr("All files (*)"));
    if (!paths.isEmpty()) open(openingOf(paths));
}

void MainWindow::chooseFilm()
{
    const QString path = QFileDialog::getOpenFileName(this, tr("Open a film"), {},
                                                      filmFilter() + QStringLiteral(";;") + tr("All files (*)"));
    if (!path.isEmpty()) m_player->open(path);
}

void MainWindow::exportFilm()
{
    if (!m_player->isOpen() || m_player->isCamera())
        return m_messages->say(MessageBar::Kind::Warning, tr("Open a film first."));
    const QString path = QFileDialog::getSaveFileName(this, tr("Export the film"), QStringLiteral("overlay.mp4"),
                                                      QStringLiteral("MP4 (*.mp4);;AVI (*.avi)"));
    if (path.isEmpty()) return;
    m_player->setPlaying(false);
    verbs::ExportFilm request;
    request.source = m_player->film().source;
    request.target = path.toStdString();
    request.look = m_figures->request();
    m_inspection->requestExportFilm(request, [this, path](qint64 frames) {
        m_messages->say(MessageBar::Kind::Info, tr("%n frames written to %1", nullptr, int(frames)).arg(path));
    });
}

void MainWindow::chooseModel(bool folder)
{
    const QString path = folder
                             ? QFileDialog::getExistingDirectory(this, tr("Open a model folder"))
                             : QFileDialog::getOpenFileName(this, tr("Open a model file"), {},
                                                            modelFilter() + QStringLiteral(";;") + tr("All files (*)"));
    if (!path.isEmpty()) openModel(path);
}

// The attention view of DINO: what the class token looks at in the last block, every head in its colour, reduced to the
// patches that hold most of its mass (spec/methods.md 4.10).
void MainWindow::showDino()
{
    if (m_inspection->layout().prefix.isEmpty())
        return m_messages->say(MessageBar::Kind::Warning,
                               tr("This model has no class token. Choose a ViT, DeiT or DINO model."));
    QList<int> heads;
    m_selection->setMap(kRowMap);
    m_selection->setReverse(false);
    int last = m_selection->layers() - 1; // of the encoder
    while (last > 0 && !m_inspection->model().blocks[std::size_t(last)].tower.empty()) --last;
    m_selection->setLayer(last);
    if (!m_selection->isPinned() || m_selection->token() != 0) m_selection->pin(0);
    for (int head = 0; head < m_selection->headCount(); ++head) heads << head;
    m_selection->overlayHeads(heads);
    if (!m_maskBeforeDino) m_maskBeforeDino = m_display->get().maskByMass;
    m_display->change([](Display& d) {
        d.maskByMass = true;
        d.ground = Ground::Seen;
    });
}

// What the command line gives with --set: the model is opened again with it.
void MainWindow::changeSettings()
{
    if (!m_inspection->hasModel()) return;
    QStringList lines;
    for (const auto& [key, value] : m_inspection->settings())
        lines << QString::fromStdString(key).append(QLatin1Char('=')).append(QString::fromStdString(value));
    bool accepted = false;
    const QString text = QInputDialog::getMultiLineText(
        this, tr("What the model file cannot say"),
        tr("One KEY=VALUE a line: num_heads, decoder_num_heads, image_size (224, or 64x32 for height x width), "
           "window_size, layer_norm_eps, activation (gelu, gelu_new, quick_gelu, silu, relu), interpolation "
           "(hf, facebook, timm), weights (averaged, raw or a name), allow_nonfinite"),
        lines.join(QLatin1Char('\n')), &accepted);
    if (!accepted) return;
    std::map<std::string, std::string> settings;
    for (const QString& line : text.split(QLatin1Char('\n'), Qt::SkipEmptyParts))
        settings[line.section(QLatin1Char('='), 0, 0).trimmed().toStdString()] =
            line.section(QLatin1Char('='), 1).trimmed().toStdString();
    m_inspection->openModel(QString::fromStdString(m_inspection->model().path), settings);
}

void MainWindow::convert()
{
    const QString source = QFileDialog::getOpenFileName(this, tr("Convert a PyTorch checkpoint"), {},
                                                        modelFilter() + QStringLiteral(";;") + tr("All files (*)"));
    if (source.isEmpty()) return;
    const QFileInfo info(source);
    const QString target = QFileDialog::getSaveFileName(
        this, tr("Write safetensors"), info.dir().filePath(info.completeBaseName() + QStringLiteral(".safetensors")),
        QStringLiteral("safetensors (*.safetensors)"));
    if (target.isEmpty()) return;
    const auto report = [this, target](const verbs::Converted& converted) {
        QStringList said{tr("Written to %1").arg(target)};
        for (const std::string& assumed : converted.assumptions) said << QString::fromStdString(assumed);
        m_messages->say(MessageBar::Kind::Info, said.join(QLatin1String(". ")));
    };
    headlens::ask(m_inspection, verbs::kConvert, {source.toStdString(), target.toStdString()}, this, report,
                  {.about = Asking::About::Nothing, .tag = QString()});
}

void MainWindow::paste()
{
    const QMimeData* pasted = QApplication::clipboard()->mimeData();
    if (pasted != nullptr) open(openingOf(*pasted)); // none: a desktop whose clipboard nobody ever used
}

} // namespace headlens
