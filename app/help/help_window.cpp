// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/help/help_window.h"

#include "app/help/help_rows.h"
#include "widgets/style/tokens.h"

#include <QEvent>
#include <QLineEdit>
#include <QMainWindow>
#include <QMenuBar>
#include <QTabWidget>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace headlens {

HelpWindow::HelpWindow(QMainWindow* window)
    : QDialog(window), m_window(window), m_typed(new QLineEdit), m_pages(new QTabWidget), m_keys(new QTextBrowser),
      m_words(new QTextBrowser)
{
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(kGap);
    layout->addWidget(m_typed);
    layout->addWidget(m_pages, 1);
    m_typed->setClearButtonEnabled(true);
    m_pages->addTab(m_keys, QString());
    m_pages->addTab(m_words, QString());
    for (QTextBrowser* page : {m_keys, m_words}) {
        page->setOpenLinks(false);
        page->setTextInteractionFlags(Qt::TextBrowserInteraction | Qt::TextSelectableByKeyboard);
    }
    connect(m_typed, &QLineEdit::textChanged, this, &HelpWindow::fill);
    constexpr QSize kUsual(680, 600);
    resize(kUsual.boundedTo(window->size()));
    retranslate();
}

void HelpWindow::showKeys()
{
    open(m_keys);
}

void HelpWindow::showGlossary(const QString& word)
{
    m_word = word;
    open(m_words);
    if (!word.isEmpty()) m_words->scrollToAnchor(word);
}

void HelpWindow::open(QWidget* page)
{
    m_pages->setCurrentWidget(page);
    show();
    raise();
    activateWindow();
    m_typed->clear();
    fill();
    m_typed->setFocus(Qt::PopupFocusReason);
}

void HelpWindow::fill()
{
    if (!isVisible()) return;
    const QString typed = m_typed->text().trimmed();
    m_keys->setHtml(pageOf(keyRows(*m_window->menuBar()) + gestureRows(), typed, {}, palette()));
    m_words->setHtml(pageOf(wordRows(), typed, m_word, palette()));
}

void HelpWindow::retranslate()
{
    setWindowTitle(tr("Help"));
    m_typed->setPlaceholderText(tr("Search keys, gestures and words"));
    m_typed->setAccessibleName(tr("Search the help"));
    m_pages->setAccessibleName(tr("Help"));
    const QString keys = tr("Keys and gestures"), words = tr("Glossary");
    m_keys->setAccessibleName(keys);
    m_words->setAccessibleName(words);
    m_pages->setTabText(m_pages->indexOf(m_keys), keys);
    m_pages->setTabText(m_pages->indexOf(m_words), words);
    fill();
}

void HelpWindow::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) retranslate();
    if (event->type() == QEvent::PaletteChange) fill();
    QDialog::changeEvent(event);
}

} // namespace headlens
