"""What people decide: plan, actions, meetings, reviews. No Streamlit in here."""
