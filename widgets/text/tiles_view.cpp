// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/text/tiles_view.h"

#include "widgets/text/tiles_strip.h"

#include <QEvent>
#include <QLabel>
#include <QVBoxLayout>

namespace headlens {

TilesView::TilesView(InspectionModel* model, Selection* selection, QWidget* parent)
    : QWidget(parent), m_model(model), m_intro(new QLabel), m_legend(new QLabel), m_caption(new QLabel),
      m_strip(new TilesStrip(model, selection))
{
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_intro);
    layout->addWidget(m_legend);
    layout->addWidget(m_caption); // above the tiles, where it is seen however many lines they have
    layout->addWidget(m_strip);
    layout->addStretch(1);
    for (QLabel* label : {m_intro, m_legend, m_caption}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText); // pieces of a vocabulary may look like tags
    }
    connect(model, &InspectionModel::inputChanged, this, &TilesView::refresh);
    connect(model, &InspectionModel::modelChanged, this, &TilesView::refresh);
    connect(m_strip, &TilesStrip::lookedChanged, this, &TilesView::showCaption);
    connect(m_strip, &TilesStrip::swapAsked, this, &TilesView::write);
    connect(m_strip, &TilesStrip::removeAsked, this, [this](int token) { write(token, QString()); });
    refresh();
}

bool TilesView::hasTiles() const
{
    return hasInjected(m_strip->tokens());
}

QString TilesView::intro() const
{
    return hasTiles() ? QString() : tr("Every token of this sentence is a word: there are no tiles to tell apart.");
}

QString TilesView::caption() const
{
    return m_caption->text();
}

// Words and pictures stay: only states and objects are taken out or swapped.
void TilesView::write(int token, const QString& word)
{
    const auto& tokens = m_strip->tokens();
    if (token < 0 || token >= int(tokens.size()) || !m_model->link()->isSettled())
        return; // tokens of a text that is replaced
    const TileKind kind = kindOf(tokens[std::size_t(token)]);
    if (kind != TileKind::State && kind != TileKind::Object) return;
    TextRequest wish = m_model->request().text;
    const std::string& read = m_model->input().streams.front().text;
    const std::string text = wish.text.isEmpty() ? read : wish.text.toStdString(); // empty: the model's own example
    const auto changed = withWordOf(text, tokens, token, word.toStdString());
    if (!changed) return;
    wish.text = QString::fromStdString(*changed);
    wish.hiddenTokens.clear(); // tokens of the text before
    m_model->wishes()->change([&](RunRequest& r) { r.text = wish; });
}

void TilesView::refresh()
{
    const bool tiles = hasTiles();
    m_intro->setVisible(!tiles);
    for (QWidget* part :
         {static_cast<QWidget*>(m_legend), static_cast<QWidget*>(m_caption), static_cast<QWidget*>(m_strip)})
        part->setVisible(tiles);
    m_intro->setText(tr("Every token of this sentence is a word: there are no tiles to tell apart."));
    m_legend->setText(tr("All tiles are vectors of one space. Words have no letter; I: a patch of the picture, S: a "
                         "state, O: an object. The bars say how much the query (framed) looks at each."));
    setAccessibleName(tr("Tiles of the sentence"));
    showCaption();
}

void TilesView::showCaption()
{
    QString said = m_strip->sentence(m_strip->looked()).replace(QLatin1Char('\n'), QStringLiteral("; "));
    m_caption->setText(said.isEmpty() ? tr("Choose a tile.") : said);
    m_caption->setMinimumHeight(3 * fontMetrics().lineSpacing()); // tiles do not jump when it is longer
    m_caption->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    setAccessibleDescription(hasTiles() ? m_caption->text() : m_intro->text());
}

void TilesView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) refresh();
    QWidget::changeEvent(event);
}

} // namespace headlens
