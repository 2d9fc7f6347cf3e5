// SPDX-License-Identifier: GPL-3.0-or-later
// Where figures are composed: the sheet on the left, its settings on the right, and what is done with it below.
#pragma once

#include "widgets/figure/figure_data.h"
#include "widgets/figure/figure_starts.h"

#include <QDialog>
#include <QTimer>

class QButtonGroup;
class QLabel;
class QProgressBar;
class QPushButton;
class QVBoxLayout;

namespace headlens {

class FigureCollector;
class FigureForm;
class FigurePreview;

class FigureComposer : public QDialog {
    Q_OBJECT
public:
    struct Parts {
        FigureWindow window;
        QStringList engine; // the command that starts one, for what the window does not show
    };
    explicit FigureComposer(const Parts& parts, QWidget* parent = nullptr);

    void start(FigureStart start); // from what the window shows, on the sheet that is there
    void startLike(FigureStart start, const FigureSpec& before); // with its sheet and its look
    void set(const FigureSpec& spec);
    const FigureSpec& spec() const;
    const FigureData& numbers() const { return m_data; }
    bool isReady() const; // the numbers of the spec are there
    QString message() const;

    // By the ending; as soon as the numbers are there.
    void write(const QString& path);
    void copy();
    void saveDescription(const QString& path);
    void openDescription(const QString& path); // or of a figure that was written

Q_SIGNALS:
    void started(headlens::FigureStart start); // by a person
    void written(const QString& path);
    void specChanged();

private:
    QVBoxLayout* buildSheet();
    QVBoxLayout* buildSettings();
    void buildStarts(QVBoxLayout* layout);
    void listen();
    void onEdited();
    void collect();
    void take(const FigureData& numbers);
    void showProgress(int done, int total);
    void setBusy(bool busy);
    void begin(FigureStart start, const FigureSpec& spec);
    void judge(); // nothing is written while something is wrong
    void lightStart();
    void giveUp(const QString& sentence);
    void say(const QString& text);
    void sayPassing(const QString& text); // until the next change
    void sayUnwritten(const QString& path);
    void chooseFile();
    void chooseDescription();
    void chooseOpening();

    Parts m_parts;
    FigureCollector* m_collector;
    FigureForm* m_form;
    FigurePreview* m_preview;
    QButtonGroup* m_starts;
    QProgressBar* m_progress;
    QPushButton* m_cancel;
    QPushButton* m_copy = nullptr;
    QPushButton* m_export = nullptr;
    QLabel* m_message;
    QTimer m_patience; // while something is typed
    FigureData m_data;
    FigureContent m_asked;                                          // that m_data answers, or will
    QString m_path;                                                 // waits to be written
    FigureLook m_windowLook;                                        // as the window had it when it was taken from there
    std::optional<std::pair<FigureStart, FigureContent>> m_started; // the start whose content is there
    bool m_isPassing = false, m_isProblem = false;                  // the message
};

} // namespace headlens
