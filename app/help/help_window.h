// SPDX-License-Identifier: GPL-3.0-or-later
// Keys, gestures and words beside the window, narrowed by what is typed. Filled when it is shown.
#pragma once

#include <QDialog>

class QLineEdit;
class QMainWindow;
class QTabWidget;
class QTextBrowser;

namespace headlens {

class HelpWindow : public QDialog {
    Q_OBJECT
public:
    explicit HelpWindow(QMainWindow* window);

    void showKeys();
    void showGlossary(const QString& word = {}); // the id of one to begin with

protected:
    void changeEvent(QEvent* event) override;

private:
    void open(QWidget* page);
    void fill();
    void retranslate();

    QMainWindow* m_window;
    QLineEdit* m_typed;
    QTabWidget* m_pages;
    QTextBrowser *m_keys, *m_words;
    QString m_word; // that stands out
};

} // namespace headlens
