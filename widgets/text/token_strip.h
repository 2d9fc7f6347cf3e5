// SPDX-License-Identifier: GPL-3.0-or-later
// The text as the tokenizer cut it, coloured by the current row: hover a token to ask what it attends to.
#pragma once

#include "widgets/text/token_flow.h"
#include "widgets/text/token_values.h"
#include "widgets/viewmodel/display_settings.h"
#include "widgets/viewmodel/inspection_model.h"

#include <QWidget>

namespace headlens {

struct TokenLook;

class TokenStrip : public QWidget {
    Q_OBJECT
public:
    TokenStrip(InspectionModel* model, Selection* selection, DisplaySettings* display, QWidget* parent = nullptr);

    // Tokens [begin, end) of a stream; end -1: to its last. -1: none.
    void setStream(int stream, int begin = 0, int end = -1);
    int stream() const { return m_stream; }
    void setIdsShown(bool shown);
    void setBlanksShown(bool shown);
    void setLead(QWidget* lead);         // stands before the first token where it is shown; owned from now on
    void setFollower(TokenStrip* after); // the text goes on there: the arrows walk across
    // Values are shown minus those of another run, of its stream, where it has as many tokens; null: as they are.
    void compareWith(InspectionModel* other, const Selection* itsSelection, int itsStream = 0);
    bool showsDifference() const { return values().display.difference; }
    // The rectangle of a token, for tests and for those who point at it; empty without.
    QRectF rectOf(int token) const;
    QString textOf(int token) const; // as it is shown

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {120, 24}; }

Q_SIGNALS:
    void hideToggled(int token); // the person wants this token hidden, or seen again
    void pictureWanted();        // its patches stand as one chip, which was clicked
    void painted();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool event(QEvent* event) override;

private:
    const std::vector<verbs::TextToken>& tokens() const;
    QString below(int token) const;
    bool hasSecondLine() const;
    void forgetFlow();
    void cutIntoPieces();
    void arrange(int width) const;
    double widthOf(int token) const;
    void describe();
    const TokenValues& values() const;
    TokenLook lookOf(int token) const;
    int tokenAt(const QPointF& point) const;
    int here() const; // the token that the arrows move
    int beside(int token, int by) const;
    void walkTo(int token);
    void reveal(int token);
    void toggleHide(int token);
    void brush(int token);

    InspectionModel* m_model;
    Selection* m_selection;
    TokenChoice* m_tokens;
    DisplaySettings* m_display;
    InspectionModel* m_other = nullptr; // whose values are taken away; outlives this, or is let go before
    const Selection* m_itsSelection = nullptr;
    int m_itsStream = 0;
    QWidget* m_lead = nullptr;
    TokenStrip *m_follower = nullptr, *m_leader = nullptr;
    int m_stream = -1, m_begin = 0, m_end = 0;
    bool m_ids = false, m_blanks = false;
    std::optional<bool> m_brushHides;   // of a stroke with Shift: it hides words, or lets them be seen again
    std::vector<TokenPiece> m_pieces;   // of the whole stream
    mutable std::vector<double> m_wide; // of the tokens shown; empty: not measured
    mutable TokenFlow m_flow;           // for m_width
    mutable double m_width = -1;
    mutable std::optional<TokenValues> m_values; // until something they depend on changes
};

} // namespace headlens
