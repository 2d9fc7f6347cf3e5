// SPDX-License-Identifier: GPL-3.0-or-later
// The one window: docks around the canvas. Owns the view-models; panes know them, not each other.
#pragma once

#include "app/app_settings.h"
#include "app/language.h"
#include "app/opening.h"
#include "app/theme.h"
#include "core/lesson/lesson.h"
#include "widgets/start/gallery.h"
#include "widgets/viewmodel/display_settings.h"
#include "widgets/viewmodel/inspection_model.h"

#include <QMainWindow>
#include <QTimer>

#include <functional>
#include <optional>
#include <vector>

class QActionGroup;
class QMenu;
class QShortcut;
class QStackedWidget;

namespace headlens {

class Canvas;
class FilmPlayer;
class FigureExport;
class GenerationPanel;
class TextPane;
class Filmstrip;
class LessonPlayer;
class LessonStage;
class MessageBar;
class DockOffers;
class Presenter;
class QuietLayout;
class ScreenFit;
class StartPage;
class ViewDocks;

class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    static constexpr QSize kUsualSize{1280, 820};

    MainWindow(AppSettings* settings, EngineClient* engine, QWidget* parent = nullptr);

    void open(const Opening& opening);
    void openModel(const QString& pathOrName);
    // Reads the file and inspects it; a file that cannot be read is said in the message bar.
    bool openPictureFile(const QString& path);

    InspectionModel* inspection() { return m_inspection; }
    Selection* selection() { return m_selection; }
    DisplaySettings* display() { return m_display; }
    Canvas* canvas() { return m_canvas; }
    FilmPlayer* player() { return m_player; }
    TextPane* textPane() { return m_text; }
    GenerationPanel* generation() { return m_generation; }
    // What a name of --show means: row, a method's id, a view's id or a part's (widgets/views.h), pca, dino or start.
    // False for others.
    bool showView(const QString& what);
    static QStringList viewNames(); // of --show, without methods: which ones there are only the engine knows
    QString message() const;
    void play(bool on); // through the layers, and round again
    // Reads a lesson and shows its first step, or `step`. False when it is none; the message bar says why.
    bool openLesson(const QString& folder, int step = 0);
    LessonPlayer* lessons() { return m_lessons; }
    // The start page lies over everything until something is opened or it is skipped.
    void showStartPage();
    void leaveStartPage();
    StartPage* startPage() { return m_start; }
    Presenter* presenter() { return m_presenter; }
    FigureExport* figures() { return m_figures; }
    // As --size asks: stays so on a smaller screen, which a picture of the window has no need of.
    void setSize(const QSize& size);

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    static constexpr int kLayoutVersion = 7; // raise it when a dock is added: old layouts are then not restored
    struct OtherView {
        const char* name;
        void (*show)(MainWindow&);
    };
    static const std::vector<OtherView>& otherViews();
    struct Command {      // one line of the action table
        const char* text; // translated at every language change
        QKeySequence key;
        std::function<void()> run;
    };
    void buildCanvas();
    void buildDocks();
    void buildMenus();
    QAction* add(QMenu* menu, const Command& command);
    void buildViewMenu();
    void buildSettingsMenu();
    void buildChoice(QMenu* menu, const QList<QPair<QString, const char*>>& choices, const QString& current,
                     const std::function<void(QString)>& chosen);
    void fillEmbedded(QMenu* menu);
    void buildLessons();
    void buildLessonMenu();
    void fillLessons(QMenu* menu);
    std::string lessonLanguage() const;
    QList<GalleryLesson> lessonsAlong() const;
    GalleryLesson lessonAfter(const QString& folder) const;
    void buildStages(); // start page and presenter mode
    void listenToStartPage();
    void keepOnScreen();
    void fillStartPage();
    void askForPicture();
    void askForSentence();
    void askForModel();
    void openExample(const QString& model);
    void present(bool on);
    void choosePanel(); // of presenter mode
    void settleLessonDock();
    void fillRecent(QMenu* menu, const QString& kind);
    void retranslate();
    void report();
    void offerCutPicture(const verbs::Failure& failure);
    void reportFailure(const verbs::Failure& failure);
    void nameWindow();
    void choosePictures();
    void chooseModel(bool folder);
    void paste();
    void convert();
    void changeSettings();
    void buildFilmMenu();
    void chooseFilm();
    void exportFilm();
    void showDino();
    void openBytes(const QByteArray& bytes, const QString& name);
    std::optional<QByteArray> readPicture(const QString& path, qint64 largest); // says why it could not
    void askForThumbnail(const QByteArray& file, const std::function<void(const QImage&)>& done);
    void nextThumbnail();
    void openNextInstead();

    AppSettings* m_settings;
    Theme m_theme;
    Language m_language;
    Selection* m_selection;
    DisplaySettings* m_display;
    InspectionModel* m_inspection;
    Canvas* m_canvas = nullptr;
    Filmstrip* m_filmstrip = nullptr;
    FilmPlayer* m_player = nullptr;
    TextPane* m_text = nullptr;
    GenerationPanel* m_generation = nullptr;
    LessonPlayer* m_lessons = nullptr;
    LessonStage* m_stage = nullptr;
    GalleryLesson m_following;          // lesson after the one that is open
    QStackedWidget* m_centre = nullptr; // the maps, or the start page
    StartPage* m_start = nullptr;
    QuietLayout* m_quiet = nullptr;
    ViewDocks* m_docks = nullptr;
    DockOffers* m_offers = nullptr;
    ScreenFit* m_fit;
    bool m_hasNewModel = false; // opened, its first input is awaited
    Presenter* m_presenter = nullptr;
    bool m_hadLesson = false; // open when the docks were put away
    MessageBar* m_messages = nullptr;
    FigureExport* m_figures = nullptr;
    QAction* m_play = nullptr;
    QShortcut* m_lessonSpace = nullptr; // enabled while a lesson is open
    bool m_looked = true;               // the last model took pictures
    QTimer m_playing;
    QStringList m_thumbnails; // paths that still wait for theirs
    QStringList m_insteadOf;  // pictures to inspect if the one that was asked for cannot be read
    bool m_thumbnailRuns = false;
    int m_pasted = 0;
    std::optional<bool> m_maskBeforeDino; // while the DINO view is shown
    EngineClient* m_engine;
    QByteArray m_defaultLayout;
    QList<QPair<QAction*, const char*>> m_actionTexts;
    QList<QPair<QMenu*, const char*>> m_menuTexts;
};

} // namespace headlens
